"""What a browser notices while pages are used: errors, refusals by the policy, other hosts."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Request, Response

REPORTED = "/csp-bericht"


class Watch:
    """Collects what must not happen; `expected` are the statuses a test asks for on purpose."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.problems: list[str] = []
        self.expected: set[int] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self._error(error.error))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        is_status = "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not is_status:
            self.problems.append(f"console: {message.text}")

    def _error(self, error: Error) -> None:
        self.problems.append(f"script: {error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.problems.append(f"other host: {request.url}")
        if request.url.endswith(REPORTED):
            self.problems.append(f"refused by the policy: {request.post_data}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"{response.status}: {response.url}")

    def assert_quiet(self) -> None:
        assert not self.problems, "\n".join(self.problems)
