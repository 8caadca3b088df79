"""What a maker pastes into a flow so that it reports its failures: texts with expressions of Power Automate.

Both are whole JSON, so that the designer keeps them as objects and puts every value in safely.
"""

from __future__ import annotations

import json

from troubleshooter.repair_tips.models import Sender

SCOPE = "Work"
FAILURES = "Failures"
"""Names of two actions of the flow, as expressions write them."""

MOST_SENT = 90_000
"""Characters of the errors that a flow sends; a body has room for them and the rest."""


def failures() -> str:
    """The map of the Select action: of each action its error, and of none what went in or what succeeded gave."""
    return _pasted(
        {
            "status": "@item()?['status']",
            "code": "@item()?['code']",
            "error": "@item()?['error']",
            "name": "@item()?['name']",
            "body": "@if(equals(item()?['status'], 'Succeeded'), null, item()?['outputs']?['body'])",
        }
    )


def body(owner: str) -> str:
    """The body of the HTTP action. `owner` is an address that stands for that of the flow's owner."""
    host = Sender._meta.get_field("run_hosts").default
    environment, flow, run = (
        "@{workflow()?['tags']?['environmentName']}",
        "@{workflow()?['name']}",
        "@{workflow()?['run']?['name']}",
    )
    return _pasted(
        {
            "flow_id": flow,
            "flow_name": "@{workflow()?['tags']?['flowDisplayName']}",
            "environment": environment,
            "run_id": run,
            "run_url": f"https://{host}/environments/{environment}/flows/{flow}/runs/{run}",
            "owner_email": owner,
            "occurred_at": "@{utcNow()}",
            "error": f"@{{take(string(body('{FAILURES}')), {MOST_SENT})}}",
        }
    )


def _pasted(values: dict[str, str]) -> str:
    return json.dumps(values, indent=2)
