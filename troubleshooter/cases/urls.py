"""The addresses of what readers tell us, and of what they take to a person."""

from django.urls import path

from troubleshooter.cases import flagging, outcomes, ticket

app_name = "cases"

urlpatterns = [
    path("flag/", flagging.flag, name="flag"),
    path("flag/thanks/", flagging.thanks, name="thanks"),
    path("outcome/", outcomes.outcome, name="outcome"),
    path("ticket/", ticket.ticket, name="ticket"),
    path("ticket/sent/", ticket.sent, name="ticket_sent"),
]
