"""The office pages: one door a file."""

from app.web.office import broadcasts, meetings, messages, phones, sign_in, today, write

DOORS = (sign_in, today, write, broadcasts, messages, meetings, phones)
