"""What an author claims of the costs of a loop program."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.span import Span


@dataclass(frozen=True)
class CostClaim:
    """`quantity` (`work` or `span`) is `order` (`O`, `Omega` or `Theta`) of a bound, as the sizes `growing` grow.

    `bound` is a sum of products of powers, of a size (`J`) or of its logarithm (`log J`).  All sizes grow where
    `growing` is empty.  `model` is a reduction model, empty for work; `written` is the order with its bound.
    """

    quantity: str
    order: str
    bound: tuple[tuple[tuple[str, int], ...], ...]
    growing: tuple[str, ...]
    model: str
    is_backward: bool
    written: str
    span: Span

    @property
    def text(self) -> str:
        """The claim as it is written."""
        return self.saying(self.written)

    @property
    def latex(self) -> str:
        """The claim as a formula."""
        words = f"{'backward ' * self.is_backward}{self.quantity}" + f" on {self.model}" * bool(self.model)
        order = self.written.replace("*", " ").replace("log(", r"\log(")
        growing = rf"\ \text{{in {', '.join(self.growing)}}}" * bool(self.growing)
        return rf"\text{{{words}}} = {order}{growing}".replace("= Theta", r"= \Theta").replace("= Omega", r"= \Omega")

    def saying(self, order: str) -> str:
        """The same claim with another order, such as `Theta(T)`."""
        head = f"{'backward ' * self.is_backward}{self.quantity} = {order}"
        return head + f" in {', '.join(self.growing)}" * bool(self.growing) + f" on {self.model}" * bool(self.model)


@dataclass(frozen=True)
class ScanClaim:
    """A tensor that an associative scan over time can compute."""

    tensor: str
    span: Span

    @property
    def latex(self) -> str:
        """The claim as a formula."""
        return rf"\text{{scan of }} {self.tensor}"


Claim = CostClaim | ScanClaim
