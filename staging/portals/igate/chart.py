"""The bar chart of files by month on the home page, as shapes for an inline SVG."""

from dataclasses import dataclass

HEIGHT = 180
GROUP = 42
BAR = 14


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    height: float
    value: int
    kind: str


class Chart:
    """Twelve months, two bars each: received and resolved; months to come are empty."""

    def __init__(self, by_month: tuple[tuple[int, int], ...]) -> None:
        # The scale ends at the next full 2,000 above the highest bar.
        self.top = -(-max(received for received, _ in by_month) // 2000) * 2000
        self.height = HEIGHT
        self.width = 46 + 12 * GROUP
        self.bars = [
            self._bar(month, position, value)
            for month, values in enumerate(by_month)
            for position, value in enumerate(values)
        ]
        self.months = [(46 + month * GROUP + BAR, month + 1) for month in range(12)]
        self.lines = [(HEIGHT - HEIGHT * step / 4, self.top * step // 4) for step in range(5)]
        self.by_month = by_month

    def _bar(self, month: int, position: int, value: int) -> Bar:
        height = HEIGHT * value / self.top
        x = 46 + month * GROUP + position * (BAR + 1)
        return Bar(x, HEIGHT - height, height, value, ("received", "resolved")[position])
