"""When a page is drawn: its script has ended, nothing is faded, and it stays like that."""

from playwright.sync_api import Page

PATIENCE_MS = 180_000
"""How long a page may take to show what it is waited for; a loaded machine is slow."""
STILL_MS = 150
"""A press reaches the script a moment later: until then the page looks drawn as well."""

_STILL = """(needed) => {
    const drawn = document.querySelector(
        '[data-testid="stApp"][data-test-script-state="notRunning"] h1');
    const moving = document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
        || document.getAnimations().some(a => a instanceof CSSTransition);
    if (!drawn || !drawn.checkVisibility() || moving) {
        window.stillSince = null;
        return false;
    }
    window.stillSince ??= performance.now();
    return performance.now() - window.stillSince >= needed;
}"""


def wait_until_still(page: Page, *, still_ms: int = STILL_MS) -> None:
    """Wait until the page has a title, and was drawn and unchanged for ``still_ms``."""
    page.evaluate("() => { window.stillSince = null; }")
    page.wait_for_function(_STILL, arg=still_ms, polling=50, timeout=PATIENCE_MS)
