"""What people do with cases: each use case takes the gate first and asks it before anything else."""

from cases.services.registration import Clock, Found, foresee_clocks, look_up, register_application

__all__ = ["Clock", "Found", "foresee_clocks", "look_up", "register_application"]
