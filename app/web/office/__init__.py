"""The office pages: one door a file."""

from app.web.office import (
    audiences,
    broadcasts,
    imports,
    joining,
    lists,
    meetings,
    messages,
    people,
    phones,
    posts,
    sign_in,
    today,
    units,
    write,
)

DOORS = (
    sign_in,
    today,
    write,
    broadcasts,
    messages,
    meetings,
    phones,
    units,
    posts,
    audiences,
    imports,
    lists,
    joining,
    people,
)
