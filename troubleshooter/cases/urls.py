"""The addresses of what readers tell us, of what they take to a person, and of links in tickets."""

from django.urls import path

from troubleshooter.cases import flagging, outcomes
from troubleshooter.cases.hand_over import ticket
from troubleshooter.cases.links import lists, making, reports, shared

app_name = "cases"

urlpatterns = [
    path("flag/", flagging.flag, name="flag"),
    path("flag/thanks/", flagging.thanks, name="thanks"),
    path("outcome/", outcomes.outcome, name="outcome"),
    path("ticket/", ticket.ticket, name="ticket"),
    path("ticket/sent/", ticket.sent, name="ticket_sent"),
    path("g/<str:reference>/link/", making.link, name="link"),
    path("g/<str:reference>/<str:part>/link/", making.link, name="link_part"),
    path("t/<str:token>/", shared.shared, name="shared"),
    path("t/<str:token>/report/", reports.report, name="shared_report"),
    path("tickets/", lists.my_links, name="my_links"),
    path("tickets/<str:ticket>/", lists.ticket_links, name="ticket_links"),
]
