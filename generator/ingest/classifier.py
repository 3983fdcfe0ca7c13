"""A site's own classifier: a Python function, named in the configuration, that chooses the topic of an article."""

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from generator.ingest.guide import Guide
from generator.model import Article, DatelineError


def choose(guide: Guide, article: Article) -> str:
    """Ask the site's classifier for a topic.

    Args:
        guide: names the function, as `module:function`; the module is looked for in the site's folder first.
        article: has the topic that the built-in scorer gave it.

    Returns: a slug; the article's own where the function gives None.

    Raises:
        DatelineError: there is no such function, it failed, or it gave something else than a topic of the site.
    """
    name = guide.config.ingest.classifier
    function = load(name, guide.root)
    try:
        chosen = function(article)
    except (Exception, SystemExit) as error:
        raise DatelineError(f"the classifier {name} failed: {type(error).__name__}: {error}") from error
    if chosen is None:
        return article.topic
    if chosen not in guide.topics:
        raise DatelineError(f"the classifier {name} gave {chosen!r}, which is no topic of this site")
    return str(chosen)


@cache
def load(name: str, root: str) -> Callable[[Article], Any]:
    """Import the function that `module:function` names, from the site's folder or wherever Python finds it.

    Raises:
        DatelineError: there is none.
    """
    module, _, function = name.partition(":")
    sys.path.insert(0, root)
    try:
        found = getattr(import_module(module), function, None)
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
        raise DatelineError(f"the classifier {name} cannot be loaded: {said}") from error
    finally:
        sys.path.remove(root)
    if not callable(found):
        raise DatelineError(f"the classifier {name} cannot be loaded: write `module:function`")
    return found  # type: ignore[no-any-return] # whatever its module says it is
