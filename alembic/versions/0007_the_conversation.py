"""the conversation: open questions, reports, emergency cards, synonyms, Telegram."""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('device_pulse',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('battery', sa.Integer(), nullable=True),
    sa.Column('is_charging', sa.Boolean(), nullable=True),
    sa.Column('network', sa.String(length=20), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('failed', sa.Integer(), nullable=True),
    sa.Column('trouble', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device_pulse')),
    sa.UniqueConstraint('channel', name=op.f('uq_device_pulse_channel'))
    )
    op.create_table('stranger_day',
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_stranger_day_network_id_network')),
    sa.PrimaryKeyConstraint('network_id', 'day', name=op.f('pk_stranger_day'))
    )
    op.create_table('synonym',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.Column('intent', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('made_by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_by', sa.String(length=80), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_synonym_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synonym'))
    )
    with op.batch_alter_table('synonym', schema=None) as batch_op:
        batch_op.create_index('ix_synonym_in_use', ['network_id', 'word'], unique=True, sqlite_where=sa.text('retired_at IS NULL'), postgresql_where=sa.text('retired_at IS NULL'))
        batch_op.create_index('ix_synonym_network', ['network_id', 'id'], unique=False)

    op.create_table('emergency_number',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('number', sa.String(length=30), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('may_be_given', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('checked_by', sa.String(length=80), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_emergency_number_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_emergency_number_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_emergency_number_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency_number'))
    )
    with op.batch_alter_table('emergency_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_emergency_number_network_id'), ['network_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_emergency_number_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_emergency_number_unit_id'), ['unit_id'], unique=False)

    op.create_table('chat_group',
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('body', sa.String(length=12), nullable=False),
    sa.Column('linked_by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_chat_group_address_id_address')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_chat_group_network_id_network')),
    sa.PrimaryKeyConstraint('address_id', name=op.f('pk_chat_group'))
    )
    with op.batch_alter_table('chat_group', schema=None) as batch_op:
        batch_op.create_index('ix_chat_group_body', ['network_id', 'body'], unique=False)

    op.create_table('conversation',
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('intent', sa.String(length=20), nullable=False),
    sa.Column('argument', sa.String(length=1600), nullable=False),
    sa.Column('topic', sa.String(length=1600), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.Column('last', sa.String(length=80), nullable=False),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('menu_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_conversation_address_id_address')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_conversation_network_id_network')),
    sa.PrimaryKeyConstraint('address_id', name=op.f('pk_conversation'))
    )
    op.create_table('decision_reminder',
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_decision_reminder_broadcast_id_broadcast')),
    sa.PrimaryKeyConstraint('key', 'broadcast_id', name=op.f('pk_decision_reminder'))
    )
    with op.batch_alter_table('decision_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_reminder_broadcast_id'), ['broadcast_id'], unique=False)

    op.create_table('link_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('body', sa.String(length=12), nullable=False),
    sa.Column('made_by', sa.String(length=80), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('good_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_link_code_address_id_address')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_link_code_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_link_code_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_code'))
    )
    with op.batch_alter_table('link_code', schema=None) as batch_op:
        batch_op.create_index('ix_link_code_address_id', ['address_id'], unique=False, sqlite_where=sa.text('address_id IS NOT NULL'), postgresql_where=sa.text('address_id IS NOT NULL'))
        batch_op.create_index('ix_link_code_digest', ['network_id', 'digest'], unique=False)
        batch_op.create_index('ix_link_code_made_at', ['network_id', 'made_at'], unique=False)
        batch_op.create_index('ix_link_code_person_id', ['person_id'], unique=False, sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))

    op.create_table('question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('about', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=1600), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_question_address_id_address')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_question_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_question_open', ['address_id', 'kind'], unique=True, sqlite_where=sa.text('answered_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL'))

    op.create_table('reply_guard',
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answers', sa.String(length=400), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('on_day', sa.Integer(), nullable=False),
    sa.Column('last_words', sa.String(length=16), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_answer', sa.String(length=16), nullable=False),
    sa.Column('silent_since', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_reply_guard_address_id_address')),
    sa.PrimaryKeyConstraint('address_id', name=op.f('pk_reply_guard'))
    )
    op.create_table('thread_desk',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_id', sa.BigInteger(), nullable=True),
    sa.Column('answered_by', sa.String(length=80), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_thread_desk_account_id_account')),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_thread_desk_address_id_address')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_thread_desk_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thread_desk')),
    sa.UniqueConstraint('address_id', name=op.f('uq_thread_desk_address_id'))
    )
    with op.batch_alter_table('thread_desk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thread_desk_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_thread_desk_network_id'), ['network_id'], unique=False)

    op.create_table('meeting_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('inbound_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answer', sa.String(length=8), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_meeting_answer_address_id_address'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id'], name=op.f('fk_meeting_answer_inbound_id_inbound'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_answer_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_meeting_answer_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_answer_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_answer')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_meeting_answer_meeting_id_person_id'))
    )
    with op.batch_alter_table('meeting_answer', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_answer_address_id', ['address_id'], unique=False)
        batch_op.create_index('ix_meeting_answer_inbound_id', ['inbound_id'], unique=False)
        batch_op.create_index('ix_meeting_answer_person_id', ['person_id'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('inbound_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('teller', sa.String(length=200), nullable=False),
    sa.Column('is_protected', sa.Boolean(), nullable=False),
    sa.Column('is_nameless', sa.Boolean(), nullable=False),
    sa.Column('owner_body', sa.String(length=12), nullable=False),
    sa.Column('owner_post', sa.String(length=60), nullable=False),
    sa.Column('owner_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('to_president_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('to_rsp_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_ticket_address_id_address')),
    sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id'], name=op.f('fk_ticket_inbound_id_inbound'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_ticket_network_id_network')),
    sa.ForeignKeyConstraint(['owner_unit_id'], ['unit.id'], name=op.f('fk_ticket_owner_unit_id_unit'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ticket_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_ticket_unit_id_unit'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('network_id', 'no', name=op.f('uq_ticket_network_id_no'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_ticket_inbound_id', ['inbound_id'], unique=True, sqlite_where=sa.text('inbound_id IS NOT NULL'), postgresql_where=sa.text('inbound_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_ticket_owner_unit_id'), ['owner_unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_ticket_state', ['network_id', 'state', 'due'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_unit_id'), ['unit_id'], unique=False)

    op.create_table('turned_text',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('inbound_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('thing_id', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id'], name=op.f('fk_turned_text_inbound_id_inbound')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_turned_text_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turned_text'))
    )
    with op.batch_alter_table('turned_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_turned_text_inbound_id'), ['inbound_id'], unique=False)
        batch_op.create_index('ix_turned_text_thing', ['network_id', 'kind', 'thing_id'], unique=False)

    op.create_table('ticket_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('is_told', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_step_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_step'))
    )
    with op.batch_alter_table('ticket_step', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_step_of', ['ticket_id', 'id'], unique=False)

    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.add_column(sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('inbound', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_danger', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('unanswered', sa.String(length=10), server_default='', nullable=False))
        batch_op.add_column(sa.Column('is_hidden', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index('ix_inbound_unknown', ['network_id', 'id'], unique=False, sqlite_where=sa.text("intent = 'none'"), postgresql_where=sa.text("intent = 'none'"))

    with op.batch_alter_table('network', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stranger_answers', sa.Integer(), server_default='200', nullable=False))
        batch_op.add_column(sa.Column('office_phone', sa.String(length=30), server_default='', nullable=False))
        batch_op.add_column(sa.Column('words_version', sa.Integer(), server_default='0', nullable=False))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('buttons', sa.JSON(), nullable=True))

    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recipient_address_id'), ['address_id'], unique=False)

    with op.batch_alter_table('route', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shows_buttons', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('carries_papers', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take the database back."""
    with op.batch_alter_table('route', schema=None) as batch_op:
        batch_op.drop_column('carries_papers')
        batch_op.drop_column('shows_buttons')

    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recipient_address_id'))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('buttons')

    with op.batch_alter_table('network', schema=None) as batch_op:
        batch_op.drop_column('words_version')
        batch_op.drop_column('office_phone')
        batch_op.drop_column('stranger_answers')

    with op.batch_alter_table('inbound', schema=None) as batch_op:
        batch_op.drop_index('ix_inbound_unknown', sqlite_where=sa.text("intent = 'none'"), postgresql_where=sa.text("intent = 'none'"))
        batch_op.drop_column('is_hidden')
        batch_op.drop_column('unanswered')
        batch_op.drop_column('is_danger')

    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_column('heard_at')

    with op.batch_alter_table('ticket_step', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_step_of')

    op.drop_table('ticket_step')
    with op.batch_alter_table('turned_text', schema=None) as batch_op:
        batch_op.drop_index('ix_turned_text_thing')
        batch_op.drop_index(batch_op.f('ix_turned_text_inbound_id'))

    op.drop_table('turned_text')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_unit_id'))
        batch_op.drop_index('ix_ticket_state')
        batch_op.drop_index(batch_op.f('ix_ticket_person_id'))
        batch_op.drop_index(batch_op.f('ix_ticket_owner_unit_id'))
        batch_op.drop_index('ix_ticket_inbound_id', sqlite_where=sa.text('inbound_id IS NOT NULL'), postgresql_where=sa.text('inbound_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_ticket_address_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('meeting_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_answer_person_id')
        batch_op.drop_index('ix_meeting_answer_inbound_id')
        batch_op.drop_index('ix_meeting_answer_address_id')

    op.drop_table('meeting_answer')
    with op.batch_alter_table('thread_desk', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_thread_desk_network_id'))
        batch_op.drop_index(batch_op.f('ix_thread_desk_account_id'))

    op.drop_table('thread_desk')
    op.drop_table('reply_guard')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('ix_question_open', sqlite_where=sa.text('answered_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_question_address_id'))

    op.drop_table('question')
    with op.batch_alter_table('link_code', schema=None) as batch_op:
        batch_op.drop_index('ix_link_code_person_id', sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))
        batch_op.drop_index('ix_link_code_made_at')
        batch_op.drop_index('ix_link_code_digest')
        batch_op.drop_index('ix_link_code_address_id', sqlite_where=sa.text('address_id IS NOT NULL'), postgresql_where=sa.text('address_id IS NOT NULL'))

    op.drop_table('link_code')
    with op.batch_alter_table('decision_reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_reminder_broadcast_id'))

    op.drop_table('decision_reminder')
    op.drop_table('conversation')
    with op.batch_alter_table('chat_group', schema=None) as batch_op:
        batch_op.drop_index('ix_chat_group_body')

    op.drop_table('chat_group')
    with op.batch_alter_table('emergency_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_emergency_number_unit_id'))
        batch_op.drop_index(batch_op.f('ix_emergency_number_person_id'))
        batch_op.drop_index(batch_op.f('ix_emergency_number_network_id'))

    op.drop_table('emergency_number')
    with op.batch_alter_table('synonym', schema=None) as batch_op:
        batch_op.drop_index('ix_synonym_network')
        batch_op.drop_index('ix_synonym_in_use', sqlite_where=sa.text('retired_at IS NULL'), postgresql_where=sa.text('retired_at IS NULL'))

    op.drop_table('synonym')
    op.drop_table('stranger_day')
    op.drop_table('device_pulse')
