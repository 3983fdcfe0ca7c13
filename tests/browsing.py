"""Chromium, for tests that look at pages as their readers do."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MISSING = not CHROMIUM and not os.environ.get("CI")
"""Tests that need it are skipped; in CI they fail instead."""

PATIENCE_MS = 30_000

expect.set_options(timeout=PATIENCE_MS)  # its own five seconds are few where tests run side by side


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """Run a browser with a home of its own."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, *flags], env={**os.environ, "HOME": home}
        )
        yield browser
        browser.close()


def await_keys(page: Page) -> None:
    """Wait until keys reach a page: a browser that has much to do may take no notice of the first."""
    page.evaluate("addEventListener('keydown', () => { window.hears = true }, { once: true, capture: true })")
    for _ in range(PATIENCE_MS // 20):
        page.keyboard.press("Shift")
        if page.evaluate("window.hears"):
            return
        page.wait_for_timeout(20)
    raise AssertionError("it hears no key")
