"""Two ways to work a page: by keyboard alone, and by pointing while scripts are off."""

from abc import ABC, abstractmethod

from playwright.sync_api import Locator, Page

FARTHEST = 250
IS_THERE = "node => node === document.activeElement"
# The focus is seen: an outline or a ring of at least two pixels on the element or what labels it.
IS_SEEN = """node => [node, node.parentElement, node.nextElementSibling, node.closest('label, tr, li')]
    .filter(Boolean).map(each => [getComputedStyle(each), getComputedStyle(each, '::after'),
        getComputedStyle(each, '::before')]).flat().some(style =>
        (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
        || style.boxShadow !== 'none')"""


class Hands(ABC):
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, person: str, password: str) -> None:
        self.page.goto("/konto/login/")
        self.write("[name=login]", f"{person}@demo.example")
        self.write("[name=password]", password)
        self.press("form button[type=submit]:has-text('Anmelden')")
        self.page.wait_for_url(lambda url: "/konto/login/" not in url)

    @abstractmethod
    def press(self, selector: str) -> None:
        """Follow a link or use a button."""

    @abstractmethod
    def choose(self, selector: str) -> None:
        """Tick a radio button or a check box."""

    @abstractmethod
    def select(self, selector: str, value: str) -> None: ...

    @abstractmethod
    def write(self, selector: str, text: str) -> None: ...

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector).first


class Keyboard(Hands):
    """Never a mouse event; wherever it stops, the focus must be seen."""

    def press(self, selector: str) -> None:
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, selector: str) -> None:
        """A group of radio buttons is one stop; the arrows move inside it."""
        target = self.find(selector)
        name = target.get_attribute("name")
        if target.get_attribute("type") == "checkbox":
            self.go_to(selector)
        else:
            self.go_to(f"input[name='{name}']", any_of=True)
            for _ in range(20):
                if target.evaluate(IS_THERE):
                    break
                self.page.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked(), selector

    def select(self, selector: str, value: str) -> None:
        target = self.find(selector)
        self.go_to(selector)
        for _ in range(30):
            if target.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{selector} never showed {value}")

    def write(self, selector: str, text: str) -> None:
        self.go_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def go_to(self, selector: str, any_of: bool = False) -> None:
        """Tab forward until it has the focus."""
        wanted = "nodes => nodes.includes(document.activeElement)"
        targets = self.page.locator(selector)
        targets.first.wait_for(state="attached")
        for _ in range(FARTHEST):
            if targets.evaluate_all(wanted) if any_of else self.find(selector).evaluate(IS_THERE):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"Tab never reaches {selector}")
        focused = self.page.locator("*:focus")
        assert focused.evaluate(IS_SEEN), f"the focus on {selector} cannot be seen"


class Pointer(Hands):
    """The mouse, on a page whose scripts never run."""

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.find(selector).click()

    def choose(self, selector: str) -> None:
        """As people do: by pointing at the words beside the button."""
        target = self.find(selector)
        self.find(f"label[for='{target.get_attribute('id')}']").click()
        assert target.is_checked(), selector

    def select(self, selector: str, value: str) -> None:
        self.find(selector).select_option(value)

    def write(self, selector: str, text: str) -> None:
        self.find(selector).fill(text)
