"""What one build works with: what of it travels to other processes."""

import copy
import pickle
from pathlib import Path

from generator.config import Config
from generator.theme import Theme
from generator.workspace import Site


def test_what_is_derived_from_a_site_does_not_travel() -> None:
    site = Site(Path("news"), Config(), Theme({}, {}))
    before = pickle.dumps(site)
    settings = site.settings

    assert pickle.dumps(site) == before
    assert copy.copy(site) == site
    assert copy.copy(site).settings == settings
