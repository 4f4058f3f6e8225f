"""Which of the texts that are written each reader gets, by the language that they read."""

from collections.abc import Mapping

from app.catalogue import Catalogue
from app.domain.language import chain, choose
from app.store import audience as audiences
from app.store.database import Connection
from app.store.networks import NetworkInfo


def default_text(texts: Mapping[str, str], network: NetworkInfo, catalogue: Catalogue) -> str:
    """The text for whoever reads none of the languages written: the network's own, else any."""
    wanted = chain(network.language, catalogue.languages, network.language)
    return choose(texts, wanted) or sorted(texts)[0]


def text_per_language(
    conn: Connection,
    texts: Mapping[str, str],
    network: NetworkInfo,
    catalogue: Catalogue,
    default: str,
) -> Mapping[str, str]:
    """For each language that somebody of the network reads, that of the text they get."""
    return {
        tag: choose(texts, chain(tag, catalogue.languages, network.language)) or default
        for tag in sorted(audiences.languages(conn, network.id))
    }
