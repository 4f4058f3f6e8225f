"""Judge the rows of a list, one after the other: a verdict for each, with its reason and cure."""

from collections.abc import Mapping

from app.domain.errors import Phrase
from app.domain.names import name_key
from app.services._directory import Directory, Known
from app.services._phones_wanted import phone_all
from app.services._rulings import (
    ADDED,
    CHANGED,
    HELD,
    ORDER,
    SAME,
    SKIP,
    Act,
    HeldRow,
    Ruling,
    numbers_of,
    told_change,
    told_here,
    verdict_of_number,
)
from app.services._seats_wanted import seat_all
from app.services._told import Told, told
from app.services._unit_names import UnitKnown
from app.services._wanted import Trouble, Wanted, read_row

_FIELDS = ("sex", "language", "reads", "phone_kind", "notes", "local_name")


class Judge:
    """Judges rows in their order; whoever came in is known to the rows below."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def read(self, line: int, cells: Mapping[str, str]) -> tuple[Wanted, ...] | Trouble:
        """What a row says; the people of a chunk are looked up by it."""
        return read_row(line, cells)

    def judge(
        self,
        line: int,
        found: tuple[Wanted, ...] | Trouble,
        decision: str = "",
        person_id: int | None = None,
    ) -> Ruling:
        """The verdict of one row. `decision` is what a person said of it, about `person_id`."""
        if isinstance(found, Trouble):
            return Ruling(line, HELD, [found.reason], [found.cure], (SKIP,))
        if decision == SKIP:
            return Ruling(line, HELD, [told("Left out.")], [], (SKIP,), person_id)
        ruling = Ruling(line, SAME)
        try:
            verdicts = {self._one(one, ruling, decision, person_id) for one in found}
        except HeldRow as held:
            person = held.person.id if held.person is not None and held.person.id > 0 else None
            return Ruling(line, HELD, held.reason, [held.cure], held.choices, person)
        ruling.verdict = next(one for one in ORDER if one in verdicts)
        for act in ruling.acts:
            self._admit(act)
        return ruling

    def _one(self, wanted: Wanted, ruling: Ruling, decision: str, person_id: int | None) -> str:
        """Judge one person of a row; adds to the ruling, gives the verdict."""
        unit = self.directory.units.find(wanted.units)
        if isinstance(unit, Trouble):
            raise HeldRow([unit.reason], unit.cure)
        if decision == "same" and person_id:
            known = self.directory.by_id(person_id)
        elif decision == "new":
            known = None
        else:
            known = self._match(wanted, unit)
        if known is None:
            return self._new(wanted, unit, ruling)
        ruling.person_id = known.id or None
        return self._known(wanted, unit, known, ruling, decision)

    def _match(self, wanted: Wanted, unit: UnitKnown | None) -> Known | None:
        """Whom of the directory, or of the rows above, this is; raises HeldRow for a doubt."""
        for number in wanted.numbers:
            for one in self.directory.with_number(number.msisdn or ""):
                if one.keys & wanted.keys:
                    return one
        namesakes = self.directory.named_in(wanted.keys, unit.id if unit else 0)
        bare = [one for one in namesakes if not numbers_of(one)]
        if bare and not wanted.numbers:
            return bare[0]
        if namesakes and unit is not None:
            raise _doubt(namesakes[0], unit, wanted)
        return None

    def _new(self, wanted: Wanted, unit: UnitKnown | None, ruling: Ruling) -> str:
        known = Known(
            id=0,
            name=wanted.name,
            local_name=wanted.local_name,
            keys=wanted.keys,
            unit_id=unit.id if unit else 0,
            sex=wanted.sex,
            language=wanted.language,
            reads=wanted.reads,
            phone_kind=wanted.phone_kind,
            notes=wanted.notes,
            line=wanted.line,
        )
        act = Act(wanted, known, True, unit)
        ruling.reason += wanted.remarks
        self._add(act, ruling.reason, [])
        if not wanted.numbers:
            ruling.reason.append(
                told("No phone: this person is reached through a neighbour or on paper.")
            )
        self._tell_namesake(wanted, unit, ruling)
        ruling.acts.append(act)
        return verdict_of_number(wanted, ruling, ADDED)

    def _tell_namesake(self, wanted: Wanted, unit: UnitKnown | None, ruling: Ruling) -> None:
        elsewhere = self.directory.somewhere(wanted.keys)
        if elsewhere is None:
            return
        other = self.directory.units.by_id.get(elsewhere)
        if other is not None and other is not unit:
            said = told(
                "Somebody of this name is in {unit}, with another number or none.",
                unit=other.called,
            )
        else:
            said = told("Somebody of this name is here with another number or none.")
        ruling.reason.append(said)
        ruling.cure.append(told("If it is one person with two phones, keep the one for texts."))

    def _known(
        self, wanted: Wanted, unit: UnitKnown | None, known: Known, ruling: Ruling, decision: str
    ) -> str:
        act = Act(wanted, known, False, unit)
        changes = [*self._fields(act), *self._unit(act)]
        remarks: list[Told] = []
        self._add(act, remarks, changes)
        is_again = bool(known.line) and known.line != wanted.line
        if is_again and changes and decision != "same":
            reason = told(
                "This person stands in row {row} already, with other particulars:", row=known.line
            )
            cure = told("Say whether these particulars hold too, or leave the row out.")
            choices = ("same", SKIP) if known.id > 0 else (SKIP,)
            raise HeldRow([reason, *changes], cure, person=known, choices=choices)
        ruling.acts.append(act)
        if changes:
            ruling.reason += [*changes, *remarks, *wanted.remarks]
            return verdict_of_number(wanted, ruling, CHANGED, adds=bool(act.phones))
        if is_again:
            said = told("This person stands in row {row} already.", row=known.line)
        else:
            said = told_here(wanted)
        ruling.reason += [said, *wanted.remarks]
        return SAME

    def _add(self, act: Act, remarks: list[Told], changes: list[Told]) -> None:
        """Seats, numbers and groups of a row that the person does not have yet."""
        seating = seat_all(self.directory, act.wanted, act.unit, act.known)
        if isinstance(seating, Trouble):
            raise HeldRow([seating.reason], seating.cure)
        act.seats, act.posts = seating.seats, seating.posts
        remarks += seating.remarks
        changes += seating.changes
        phone_all(self.directory, act, remarks, changes)
        group = act.wanted.group
        changes += [
            told("joins the group {group}.", group=name)
            for name in group.groups
            if name_key(name)[:80] not in act.known.groups
        ]
        if group.blood and group.blood_basis:
            act.blood = group.blood
        elif group.blood:
            remarks.append(told("The blood group was left out: it needs a consent of its own."))

    def _fields(self, act: Act) -> list[Told]:
        """The columns of the person that the row says otherwise; a blank cell says nothing."""
        changes = []
        for name in _FIELDS:
            new, old = getattr(act.wanted, name), getattr(act.known, name)
            if not new or new == old or (name == "language" and act.known.has_chosen):
                continue
            act.fields[name] = new
            changes.append(told_change(name, old, new))
        return changes

    def _unit(self, act: Act) -> list[Told]:
        """The unit, if the row names another; one above theirs is where they have a seat."""
        unit, known = act.unit, act.known
        if unit is None or unit.id == known.unit_id:
            return []
        old = self.directory.units.by_id.get(known.unit_id)
        if old is not None and old.is_under(unit):
            return []
        act.unit_changes = True
        return [told_change("unit", old.called if old else "", unit.called)]

    def _admit(self, act: Act) -> None:
        """Let the rows below know what this one brings in."""
        known, directory = act.known, self.directory
        known.phones = (*known.phones, *act.phones)
        known.seats = (*known.seats, *act.seats)
        known.groups |= {name_key(name)[:80] for name in act.wanted.group.groups}
        directory.seat(known, act.seats, act.posts)
        for name, value in act.fields.items():
            setattr(known, name, value)
        if act.unit_changes and act.unit is not None:
            known.unit_id = act.unit.id
        for _, phone in act.sharers:
            phone.whose, phone.is_private = "family", False
        if not known.line:
            known.line = act.wanted.line
            if known.id > 0:
                directory.lines[known.id] = known.line
        if act.is_new or act.changes_anything:
            directory.remember(known)


def _doubt(one: Known, unit: UnitKnown, wanted: Wanted) -> HeldRow:
    """A namesake in the same unit, of whom another number or none is known."""
    if one.id <= 0 and one.line:
        reason = told(
            "{name} of {unit} stands in row {row} with another number.",
            name=one.name,
            unit=unit.called,
            row=one.line,
        )
        cure = told(
            "Is it one person? Write both numbers into one cell and take one row out. "
            "Else decide that it is another person."
        )
        return HeldRow([reason], cure, choices=("new", SKIP))
    if not wanted.numbers:
        words = Phrase("A person with this name and a number is in {unit}: is it the same person?")
    elif not numbers_of(one):
        words = Phrase(
            "A person with this name and without a number is in {unit}: is it the same person?"
        )
    else:
        words = Phrase(
            "A person with this name and another number is in {unit}: is it the same person?"
        )
    cure = told("Say whether it is the same person (the number is added) or another one.")
    return HeldRow([told(words, unit=unit.called)], cure, person=one, choices=("same", "new", SKIP))
