"""How the tower's models are made and measured; ``recipe`` reads from top to bottom."""

from .recipe import forge

__all__ = ["forge"]
