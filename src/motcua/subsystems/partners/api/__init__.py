"""The API for other organisations' systems: filing, following, acting, being told."""

from motcua.subsystems.partners.api import acting, filing, hooks, reading

routes = [*filing.routes, *reading.routes, *acting.routes, *hooks.routes]

__all__ = ["routes"]
