"""Networks of institutions as graphs, and as GraphML or GEXF files for Gephi and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis.errors import ArgumentError
from focus_analysis.io.files import write_whole
from focus_analysis.schemas import check, rows
from focus_analysis.schemas_networks import EDGES, RELATION_KINDS

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_OF_EDGE = ("n_gminas", "n_opportunities", "n_both_present", "n_scope", "one_gmina", "n_named", "gminas", "low", "high")
_SCOPE = ["teryt", "gmina", "voivodeship"]


def to_graph(edges: pd.DataFrame, relation: str = "cooperates", labels: dict[str, str] | None = None) -> nx.Graph:
    """Return one network as a graph.

    Parameters
    ----------
    edges : DataFrame, schema ``EDGES``
        Of one gmina, of one region, or of the whole study; a table of all scopes stands for the whole study.
    relation : str
        Which network; they are never merged.
    labels : dict of str to str, optional
        Names of the institutions to be shown.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Directed where the edges are. ``weight`` is the number of gminas that name the tie; the other columns that are
        known stand beside it. Institutions without a tie are not in it.

    Raises
    ------
    ArgumentError
        The edges are of several scopes and none is the whole study, or there is no such relation.
    """
    import networkx as nx

    if relation not in RELATION_KINDS:
        raise ArgumentError(f"to_graph: no relation {relation!r}; there are: {', '.join(RELATION_KINDS)}")
    table = check(edges, EDGES)
    if len(table[_SCOPE].drop_duplicates()) > 1:
        whole = table[_SCOPE].isna().all(axis=1)
        if not whole.any():
            raise ArgumentError("to_graph: edges of several gminas or regions; choose the rows of one")
        table = table[whole]
    table = table[table["relation"] == relation]
    graph: nx.Graph = nx.DiGraph() if table["directed"].any() else nx.Graph()
    graph.graph["relation"] = relation
    for edge in rows(table):
        known = {name: value for name in _OF_EDGE if (value := getattr(edge, name)) is not None}
        graph.add_edge(edge.source, edge.target, weight=edge.n_gminas, **known)
    for institution in graph:
        graph.nodes[institution]["label"] = (labels or {}).get(institution, institution)
    return graph


def write_graph(
    edges: pd.DataFrame, path: str | Path, relation: str = "cooperates", labels: dict[str, str] | None = None
) -> Path:
    """Write one network as GraphML or GEXF, by the ending of the path; return the path.

    Parameters
    ----------
    edges, relation, labels
        As for ``to_graph``.
    path : str or Path
        A file that ends with .graphml or .gexf.

    Raises
    ------
    ArgumentError
        Another ending, or edges of several scopes.
    """
    import networkx as nx

    target = Path(path)
    writers: dict[str, Any] = {".graphml": nx.write_graphml, ".gexf": nx.write_gexf}
    if target.suffix.lower() not in writers:
        raise ArgumentError(f"write_graph: {target.name} must end with {' or '.join(writers)}")
    graph = to_graph(edges, relation, labels)
    write_whole(target, lambda unfinished: writers[target.suffix.lower()](graph, unfinished))
    return target
