"""the calendar: series of meetings, notices, quiet days, the clock, texts that go again."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('clock_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('newest_id', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by', sa.String(length=80), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_mark'))
    )
    op.create_table('meeting_series',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.String(length=12), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('clock', sa.Time(), nullable=False),
    sa.Column('venue', sa.JSON(), nullable=False),
    sa.Column('agenda', sa.JSON(), nullable=False),
    sa.Column('skipped', sa.JSON(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_by', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_meeting_series_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_series'))
    )
    with op.batch_alter_table('meeting_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_series_network_id'), ['network_id'], unique=False)

    op.create_table('reminder_plan',
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.String(length=12), nullable=False),
    sa.Column('leads', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_reminder_plan_network_id_network')),
    sa.PrimaryKeyConstraint('network_id', 'body', name=op.f('pk_reminder_plan'))
    )
    op.create_table('awareness_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('reviewed_by', sa.String(length=80), nullable=False),
    sa.Column('writer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('is_retired', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_awareness_item_network_id_network')),
    sa.ForeignKeyConstraint(['writer_id'], ['account.id'], name=op.f('fk_awareness_item_writer_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_awareness_item')),
    sa.UniqueConstraint('network_id', 'series', 'key', name=op.f('uq_awareness_item_network_id_series_key'))
    )
    op.create_table('standing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('audience', sa.String(length=500), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('clock', sa.Time(), nullable=False),
    sa.Column('skipped', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approver_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'running', 'stopped')", name=op.f('ck_standing_state')),
    sa.ForeignKeyConstraint(['approver_id'], ['account.id'], name=op.f('fk_standing_approver_id_account')),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_standing_author_id_account')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_standing_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing'))
    )
    with op.batch_alter_table('standing', schema=None) as batch_op:
        batch_op.create_index('ix_standing_due', ['state', 'next_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_standing_network_id'), ['network_id'], unique=False)

    op.create_table('instalment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('label', sa.String(length=30), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('told_before_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_on_day_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_instalment_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_instalment_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instalment')),
    sa.UniqueConstraint('network_id', 'person_id', 'due_on', 'label', name=op.f('uq_instalment_network_id_person_id_due_on_label'))
    )
    with op.batch_alter_table('instalment', schema=None) as batch_op:
        batch_op.create_index('ix_instalment_due', ['network_id', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_instalment_person_id'), ['person_id'], unique=False)

    op.create_table('meeting_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('lead', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=10), nullable=False),
    sa.Column('template', sa.String(length=24), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('was_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('upto', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_meeting_notice_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_notice_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_meeting_notice_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_notice')),
    sa.UniqueConstraint('meeting_id', 'revision', 'lead', 'part', name=op.f('uq_meeting_notice_meeting_id_revision_lead_part'))
    )
    with op.batch_alter_table('meeting_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_notice_broadcast_id'), ['broadcast_id'], unique=False)
        batch_op.create_index('ix_meeting_notice_making', ['lead', 'meeting_id'], unique=False, sqlite_where=sa.text("state = 'making'"), postgresql_where=sa.text("state = 'making'"))
        batch_op.create_index(batch_op.f('ix_meeting_notice_network_id'), ['network_id'], unique=False)

    op.create_table('missed_text',
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('told_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_missed_text_address_id_address')),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_missed_text_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['told_by'], ['broadcast.id'], name=op.f('fk_missed_text_told_by_broadcast')),
    sa.PrimaryKeyConstraint('broadcast_id', 'address_id', name=op.f('pk_missed_text'))
    )
    with op.batch_alter_table('missed_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_missed_text_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_missed_text_told_by'), ['told_by'], unique=False)

    op.create_table('standing_run',
    sa.Column('standing_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('said', sa.String(length=300), nullable=False),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_standing_run_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['item_id'], ['awareness_item.id'], name=op.f('fk_standing_run_item_id_awareness_item')),
    sa.ForeignKeyConstraint(['standing_id'], ['standing.id'], name=op.f('fk_standing_run_standing_id_standing')),
    sa.PrimaryKeyConstraint('standing_id', 'on', name=op.f('pk_standing_run'))
    )
    with op.batch_alter_table('standing_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_standing_run_broadcast_id'), ['broadcast_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_standing_run_item_id'), ['item_id'], unique=False)

    op.create_table('meeting_reminder',
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('lead', sa.Integer(), nullable=False),
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_meeting_reminder_address_id_address'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_reminder_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['notice_id'], ['meeting_notice.id'], name=op.f('fk_meeting_reminder_notice_id_meeting_notice')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_reminder_person_id_person')),
    sa.PrimaryKeyConstraint('meeting_id', 'person_id', 'revision', 'lead', name=op.f('pk_meeting_reminder'))
    )
    with op.batch_alter_table('meeting_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_reminder_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_reminder_notice_id'), ['notice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_reminder_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.add_column(sa.Column('send_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('goes_first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('is_measured', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index('ix_broadcast_due', ['network_id', 'due_at'], unique=False)

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('series_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('series_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('set_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_meeting_series_id_series_on'), ['series_id', 'series_on'])
        batch_op.create_foreign_key(batch_op.f('fk_meeting_series_id_meeting_series'), 'meeting_series', ['series_id'], ['id'])

    with op.batch_alter_table('meeting_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_transport', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('with_child', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('stand_in', sa.String(length=80), server_default='', nullable=False))

    with op.batch_alter_table('network', schema=None) as batch_op:
        batch_op.add_column(sa.Column('friday_from', sa.Time(), server_default='12:30:00', nullable=False))
        batch_op.add_column(sa.Column('friday_until', sa.Time(), server_default='14:30:00', nullable=False))
        batch_op.add_column(sa.Column('ramadan_from', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('ramadan_until', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('special_days', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('hijri_offset', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('routine_cap', sa.Integer(), server_default='4', nullable=False))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('goes_first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index(batch_op.f('ix_outbox_address'))
        batch_op.create_index('ix_outbox_address', ['address_id', 'broadcast_id', 'state'], unique=False)
        batch_op.create_index('ix_outbox_first', ['route_id', 'lane', 'due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'queued' AND goes_first"), postgresql_where=sa.text("state = 'queued' AND goes_first"))


def downgrade() -> None:
    """Take the database back."""
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_first', sqlite_where=sa.text("state = 'queued' AND goes_first"), postgresql_where=sa.text("state = 'queued' AND goes_first"))
        batch_op.drop_index('ix_outbox_address')
        batch_op.create_index(batch_op.f('ix_outbox_address'), ['address_id', 'state'], unique=False)
        batch_op.drop_column('goes_first')

    with op.batch_alter_table('network', schema=None) as batch_op:
        batch_op.drop_column('routine_cap')
        batch_op.drop_column('hijri_offset')
        batch_op.drop_column('special_days')
        batch_op.drop_column('ramadan_until')
        batch_op.drop_column('ramadan_from')
        batch_op.drop_column('friday_until')
        batch_op.drop_column('friday_from')

    with op.batch_alter_table('meeting_answer', schema=None) as batch_op:
        batch_op.drop_column('stand_in')
        batch_op.drop_column('with_child')
        batch_op.drop_column('needs_transport')

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meeting_series_id_meeting_series'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_meeting_series_id_series_on'), type_='unique')
        batch_op.drop_column('set_at')
        batch_op.drop_column('revision')
        batch_op.drop_column('series_on')
        batch_op.drop_column('series_id')

    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.drop_index('ix_broadcast_due')
        batch_op.drop_column('is_measured')
        batch_op.drop_column('goes_first')
        batch_op.drop_column('send_at')

    with op.batch_alter_table('meeting_reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_reminder_person_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_reminder_notice_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_reminder_address_id'))

    op.drop_table('meeting_reminder')
    with op.batch_alter_table('standing_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_standing_run_item_id'))
        batch_op.drop_index(batch_op.f('ix_standing_run_broadcast_id'))

    op.drop_table('standing_run')
    with op.batch_alter_table('missed_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_missed_text_told_by'))
        batch_op.drop_index(batch_op.f('ix_missed_text_address_id'))

    op.drop_table('missed_text')
    with op.batch_alter_table('meeting_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_notice_network_id'))
        batch_op.drop_index('ix_meeting_notice_making', sqlite_where=sa.text("state = 'making'"), postgresql_where=sa.text("state = 'making'"))
        batch_op.drop_index(batch_op.f('ix_meeting_notice_broadcast_id'))

    op.drop_table('meeting_notice')
    with op.batch_alter_table('instalment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_instalment_person_id'))
        batch_op.drop_index('ix_instalment_due')

    op.drop_table('instalment')
    with op.batch_alter_table('standing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_standing_network_id'))
        batch_op.drop_index('ix_standing_due')

    op.drop_table('standing')
    op.drop_table('awareness_item')
    op.drop_table('reminder_plan')
    with op.batch_alter_table('meeting_series', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_series_network_id'))

    op.drop_table('meeting_series')
    op.drop_table('clock_mark')
