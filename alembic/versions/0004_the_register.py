"""the register: minutes in revisions, publications, mail, what owners report."""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('document',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_document_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('network_id', 'digest', name=op.f('uq_document_network_id_digest'))
    )
    op.create_table('publication',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('corrects_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('audience', sa.String(length=500), nullable=False),
    sa.Column('plan_hash', sa.String(length=64), nullable=False),
    sa.Column('unreached', sa.JSON(), nullable=False),
    sa.Column('gaps', sa.JSON(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approver_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('idem_key', sa.String(length=80), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('planning', 'planned', 'approved', 'cancelled')", name=op.f('ck_publication_state')),
    sa.ForeignKeyConstraint(['approver_id'], ['account.id'], name=op.f('fk_publication_approver_id_account')),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_publication_author_id_account')),
    sa.ForeignKeyConstraint(['corrects_id'], ['publication.id'], name=op.f('fk_publication_corrects_id_publication')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_publication_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_publication_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sa.UniqueConstraint('network_id', 'idem_key', name=op.f('uq_publication_network_id_idem_key'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index('ix_publication_meeting', ['meeting_id', 'id'], unique=False)
    op.create_table('attendance',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sex', sa.String(length=1), nullable=False),
    sa.Column('post', sa.String(length=60), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('presence', sa.String(length=8), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_attendance_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attendance_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_attendance_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_attendance_meeting_id_person_id'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_person_id'), ['person_id'], unique=False)
    op.create_table('minutes_revision',
    sa.Column('minutes_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_minutes_revision_minutes_id_minutes')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_minutes_revision_network_id_network')),
    sa.PrimaryKeyConstraint('minutes_id', 'no', name=op.f('pk_minutes_revision'))
    )
    op.create_table('publication_form',
    sa.Column('publication_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_publication_form_document_id_document')),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_publication_form_publication_id_publication')),
    sa.PrimaryKeyConstraint('publication_id', 'form', 'language', name=op.f('pk_publication_form'))
    )
    op.create_table('decision_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('actor', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_step_decision_id_decision')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_decision_step_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_step'))
    )
    with op.batch_alter_table('decision_step', schema=None) as batch_op:
        batch_op.create_index('ix_decision_step_of', ['decision_id', 'id'], unique=False)
    op.create_table('resolution',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('minutes_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('addressee', sa.JSON(), nullable=False),
    sa.Column('seat_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('letter_no', sa.String(length=40), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('diary_no', sa.String(length=40), nullable=False),
    sa.Column('reply_due', sa.Date(), nullable=True),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('reply', sa.String(length=500), nullable=False),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_resolution_minutes_id_minutes')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_resolution_network_id_network')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_resolution_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resolution')),
    sa.UniqueConstraint('minutes_id', 'no', name=op.f('uq_resolution_minutes_id_no'))
    )
    op.create_table('decision_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('inbound_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('said', sa.String(length=12), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.String(length=80), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_decision_report_address_id_address')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_report_decision_id_decision')),
    sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id'], name=op.f('fk_decision_report_inbound_id_inbound')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_decision_report_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_report_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_report'))
    )
    with op.batch_alter_table('decision_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_report_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_decision_report_of', ['decision_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_report_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_decision_report_state', ['network_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_decision_report_waiting', ['decision_id', 'address_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.add_column(sa.Column('publication_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('medium', sa.String(length=4), server_default='text', nullable=False))
        batch_op.create_index(batch_op.f('ix_broadcast_publication_id'), ['publication_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_broadcast_publication_id_publication'), 'publication', ['publication_id'], ['id'])
    with op.batch_alter_table('broadcast_text', schema=None) as batch_op:
        batch_op.add_column(sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_broadcast_text_document_id_document'), 'document', ['document_id'], ['id'])
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_body', sa.String(length=12), server_default='', nullable=False))
        batch_op.add_column(sa.Column('owner_post', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('owner_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('restricted', sa.String(length=200), server_default='', nullable=False))
        batch_op.create_foreign_key(batch_op.f('fk_decision_owner_unit_id_unit'), 'unit', ['owner_unit_id'], ['id'])
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('quorum', sa.Integer(), server_default='0', nullable=False))
        batch_op.alter_column('body',
               existing_type=sa.VARCHAR(length=8),
               type_=sa.String(length=12),
               existing_nullable=False)
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('restricted', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('content', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_outbox_document_id_document'), 'document', ['document_id'], ['id'])
    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('standing', sa.String(length=8), server_default='', nullable=False))


def downgrade() -> None:
    """Take the database back."""
    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.drop_column('standing')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outbox_document_id_document'), type_='foreignkey')
        batch_op.drop_column('document_id')
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.drop_column('revision')
        batch_op.drop_column('version')
        batch_op.drop_column('content')
        batch_op.drop_column('confirmed_at')
        batch_op.drop_column('restricted')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.alter_column('body',
               existing_type=sa.String(length=12),
               type_=sa.VARCHAR(length=8),
               existing_nullable=False)
        batch_op.drop_column('quorum')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_decision_owner_unit_id_unit'), type_='foreignkey')
        batch_op.drop_column('restricted')
        batch_op.drop_column('owner_unit_id')
        batch_op.drop_column('owner_post')
        batch_op.drop_column('owner_body')
    with op.batch_alter_table('broadcast_text', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_broadcast_text_document_id_document'), type_='foreignkey')
        batch_op.drop_column('document_id')
    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_broadcast_publication_id_publication'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_broadcast_publication_id'))
        batch_op.drop_column('medium')
        batch_op.drop_column('publication_id')
    with op.batch_alter_table('decision_report', schema=None) as batch_op:
        batch_op.drop_index('ix_decision_report_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_decision_report_state')
        batch_op.drop_index(batch_op.f('ix_decision_report_person_id'))
        batch_op.drop_index('ix_decision_report_of')
        batch_op.drop_index(batch_op.f('ix_decision_report_address_id'))
    op.drop_table('decision_report')
    op.drop_table('resolution')
    with op.batch_alter_table('decision_step', schema=None) as batch_op:
        batch_op.drop_index('ix_decision_step_of')
    op.drop_table('decision_step')
    op.drop_table('publication_form')
    op.drop_table('minutes_revision')
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_person_id'))
    op.drop_table('attendance')
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_index('ix_publication_meeting')
    op.drop_table('publication')
    op.drop_table('document')
