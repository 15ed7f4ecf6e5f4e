"""Pages that may speak with the agent of this computer."""

from csp.decorators import csp_update

from motcua.signing.agent.server import PORTS

#: Lets a page's script call the agent's ports, and nothing else besides the house (docs/howto/agent-protocol.md).
may_call_agent = csp_update({"connect-src": [f"http://127.0.0.1:{port}" for port in PORTS]})
