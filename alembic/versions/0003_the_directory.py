"""the directory: units, posts, groups and lists that can be taken back."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


LETTERS = str.maketrans({
    'ي': 'ی', 'ى': 'ی', 'ئ': 'ی', 'ك': 'ک', 'ه': 'ہ', 'ة': 'ہ', 'ۃ': 'ہ', 'ھ': 'ہ',
    'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ؤ': 'و', 'ـ': None,
})


def key(name: str) -> str:
    """A name as it is compared, by the rule of the day of this revision."""
    opened = unicodedata.normalize('NFKD', unicodedata.normalize('NFKD', name).casefold())
    bare = ''.join(letter for letter in opened if not unicodedata.combining(letter))
    return re.sub(r'[^\w]+', ' ', bare.translate(LETTERS)).strip()


def key_the_names() -> None:
    """Fill in what names of people and units are found by."""
    for name, most in (('person', 200), ('unit', 120)):
        table = sa.table(name, *(sa.column(c) for c in ('id', 'name', 'local_name', 'name_key', 'local_key')))
        for row in op.get_bind().execute(sa.select(table)).all():
            keys = {'name_key': key(row.name)[:most], 'local_key': key(row.local_name)[:most]}
            op.execute(table.update().where(table.c.id == row.id).values(**keys))


def give_bodies() -> None:
    """Give every network the two bodies that all have."""
    network = sa.table('network', sa.column('id'))
    body = sa.table('body', *(sa.column(c) for c in (
        'network_id', 'code', 'name', 'local_name', 'seats', 'seats_per_lso', 'term_months', 'women_percent')))
    for row in op.get_bind().execute(sa.select(network)).all():
        for code, name, local, per_lso in (
            ('GB', 'General Body', 'جنرل باڈی', 2), ('EC', 'Executive Committee', 'ایگزیکٹو کمیٹی', 0),
        ):
            op.execute(body.insert().values(network_id=row.id, code=code, name=name, local_name=local,
                seats=0, seats_per_lso=per_lso, term_months=24, women_percent=0))


def end_the_imports() -> None:
    """Lists that an older version had not finished stand as far as they came."""
    batch = sa.table('import_batch', sa.column('state'))
    op.execute(batch.update().where(batch.c.state == 'unfinished').values(state='done'))


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('body',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('local_name', sa.String(length=120), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('seats_per_lso', sa.Integer(), nullable=False),
    sa.Column('term_months', sa.Integer(), nullable=False),
    sa.Column('women_percent', sa.Integer(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_body_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body')),
    sa.UniqueConstraint('network_id', 'code', name=op.f('uq_body_network_id_code'))
    )
    op.create_table('column_memory',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('headings_hash', sa.String(length=64), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_column_memory_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_column_memory')),
    sa.UniqueConstraint('network_id', 'headings_hash', name=op.f('uq_column_memory_network_id_headings_hash'))
    )
    op.create_table('people_group',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('local_name', sa.String(length=80), nullable=False),
    sa.Column('name_key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_people_group_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people_group')),
    sa.UniqueConstraint('network_id', 'name_key', name=op.f('uq_people_group_network_id_name_key'))
    )
    op.create_table('saved_audience',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('name_key', sa.String(length=80), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('saved_by', sa.String(length=80), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_saved_audience_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_audience')),
    sa.UniqueConstraint('network_id', 'name_key', name=op.f('uq_saved_audience_network_id_name_key'))
    )
    op.create_table('import_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('table_name', sa.String(length=20), nullable=False),
    sa.Column('key', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_change_batch_id_import_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_change'))
    )
    with op.batch_alter_table('import_change', schema=None) as batch_op:
        batch_op.create_index('ix_import_change_batch', ['batch_id', 'id'], unique=False)

    op.create_table('import_row',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('raw', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('verdict', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('cure', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('choices', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('decision', sa.String(length=8), nullable=False),
    sa.Column('is_taken', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_row_batch_id_import_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_row'))
    )
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.create_index('ix_import_row_line', ['batch_id', 'line'], unique=True)
        batch_op.create_index('ix_import_row_verdict', ['batch_id', 'verdict', 'line'], unique=False)

    op.create_table('health_consent',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.Column('recorded_by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_health_consent_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_health_consent_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_health_consent'))
    )
    with op.batch_alter_table('health_consent', schema=None) as batch_op:
        batch_op.create_index('ix_health_consent_person', ['person_id', 'id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('skill', sa.String(length=60), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('blood_group', sa.String(length=3), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=True),
    sa.Column('joined_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['people_group.id'], name=op.f('fk_membership_group_id_people_group')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('group_id', 'person_id', name=op.f('uq_membership_group_id_person_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index('ix_membership_person', ['person_id'], unique=False)

    op.create_table('join_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('inbound_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.String(length=80), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['address_id'], ['address.id'], name=op.f('fk_join_request_address_id_address')),
    sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id'], name=op.f('fk_join_request_inbound_id_inbound')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_join_request_network_id_network')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_join_request_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_request'))
    )
    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_join_request_address_id'), ['address_id'], unique=False)
        batch_op.create_index('ix_join_request_person_id', ['person_id'], unique=False, sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))
        batch_op.create_index('ix_join_request_state', ['network_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_join_request_waiting', ['address_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=8), server_default='msisdn', nullable=False))
        batch_op.add_column(sa.Column('handle', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('speaker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('msisdn',
               existing_type=sa.VARCHAR(length=20),
               nullable=True)
        batch_op.create_index('ix_address_speaker', ['speaker_id'], unique=False, sqlite_where=sa.text('speaker_id IS NOT NULL'), postgresql_where=sa.text('speaker_id IS NOT NULL'))
        batch_op.create_unique_constraint(batch_op.f('uq_address_network_id_kind_handle'), ['network_id', 'kind', 'handle'])
        batch_op.create_foreign_key(batch_op.f('fk_address_speaker_id_person'), 'person', ['speaker_id'], ['id'])

    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_private', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sheet', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('layout', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('rows', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('done', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('makes_units', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('touched_us', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('kept_us', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('undone_by', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_import_batch_network_id'), ['network_id'], unique=False)

    with op.batch_alter_table('inbound', schema=None) as batch_op:
        batch_op.add_column(sa.Column('speaker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index('ix_inbound_speaker_id', ['speaker_id'], unique=False, sqlite_where=sa.text('speaker_id IS NOT NULL'), postgresql_where=sa.text('speaker_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_inbound_speaker_id_person'), 'person', ['speaker_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_key', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('local_key', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('reads', sa.String(length=6), server_default='', nullable=False))
        batch_op.add_column(sa.Column('phone_kind', sa.String(length=6), server_default='', nullable=False))
        batch_op.add_column(sa.Column('notes', sa.String(length=500), server_default='', nullable=False))
        batch_op.create_index('ix_person_local_key', ['network_id', 'local_key'], unique=False)
        batch_op.create_index('ix_person_name_key', ['network_id', 'name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_unit_id'), ['unit_id'], unique=False)

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('local_post', sa.String(length=60), server_default='', nullable=False))
        batch_op.add_column(sa.Column('starts_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('left_on', sa.Date(), nullable=True))
        batch_op.alter_column('body',
               existing_type=sa.VARCHAR(length=8),
               type_=sa.String(length=12),
               existing_nullable=False)
        batch_op.drop_constraint(batch_op.f('uq_seat_person_id_body_unit_id'), type_='unique')
        batch_op.create_index('ix_seat_body', ['network_id', 'body'], unique=False)
        batch_op.create_index('ix_seat_ends', ['network_id', 'ends_on'], unique=False, sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))
        batch_op.create_index('ix_seat_unit', ['unit_id', 'body'], unique=False)
        batch_op.create_index('ux_seat_held', ['person_id', 'body', 'unit_id'], unique=True, sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_key', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('local_key', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('local_place', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('status', sa.String(length=10), server_default='member', nullable=False))
        batch_op.add_column(sa.Column('formed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('households', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('cut_from', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('cut_until', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('verified_on', sa.Date(), nullable=True))
        batch_op.alter_column('kind',
               existing_type=sa.VARCHAR(length=8),
               type_=sa.String(length=12),
               existing_nullable=False)
        batch_op.drop_index(batch_op.f('ix_unit_parent_id'))
        batch_op.drop_constraint(batch_op.f('uq_unit_network_id_kind_name'), type_='unique')
        batch_op.create_index('ix_unit_kind', ['network_id', 'kind', 'parent_id', 'name_key', 'id'], unique=False)
        batch_op.create_index('ix_unit_local_key', ['network_id', 'local_key'], unique=False)
        batch_op.create_index('ix_unit_name_key', ['network_id', 'name_key'], unique=False)
        batch_op.create_index('ix_unit_parent', ['parent_id', 'name_key', 'id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_unit_network_id_parent_id_kind_name'), ['network_id', 'parent_id', 'kind', 'name'])
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_address_standing'), type_='check')
        batch_op.create_check_constraint(op.f('ck_address_standing'), "standing IN ('unknown', 'active', 'alerts', 'stopped', 'wrong', 'bounced')")
        batch_op.create_check_constraint(op.f('ck_address_kind'), "(msisdn IS NULL) = (kind <> 'msisdn')")

    key_the_names()
    give_bodies()
    end_the_imports()


def downgrade() -> None:
    """Take the database back."""
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_address_kind'), type_='check')
        batch_op.drop_constraint(op.f('ck_address_standing'), type_='check')
        batch_op.create_check_constraint(op.f('ck_address_standing'), "standing IN ('unknown', 'active', 'alerts', 'stopped', 'wrong')")

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_unit_network_id_parent_id_kind_name'), type_='unique')
        batch_op.drop_index('ix_unit_parent')
        batch_op.drop_index('ix_unit_name_key')
        batch_op.drop_index('ix_unit_local_key')
        batch_op.drop_index('ix_unit_kind')
        batch_op.create_unique_constraint(batch_op.f('uq_unit_network_id_kind_name'), ['network_id', 'kind', 'name'])
        batch_op.create_index(batch_op.f('ix_unit_parent_id'), ['parent_id'], unique=False)
        batch_op.alter_column('kind',
               existing_type=sa.String(length=12),
               type_=sa.VARCHAR(length=8),
               existing_nullable=False)
        batch_op.drop_column('verified_on')
        batch_op.drop_column('cut_until')
        batch_op.drop_column('cut_from')
        batch_op.drop_column('households')
        batch_op.drop_column('formed_on')
        batch_op.drop_column('status')
        batch_op.drop_column('local_place')
        batch_op.drop_column('local_key')
        batch_op.drop_column('name_key')

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index('ux_seat_held', sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))
        batch_op.drop_index('ix_seat_unit')
        batch_op.drop_index('ix_seat_ends', sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))
        batch_op.drop_index('ix_seat_body')
        batch_op.create_unique_constraint(batch_op.f('uq_seat_person_id_body_unit_id'), ['person_id', 'body', 'unit_id'])
        batch_op.alter_column('body',
               existing_type=sa.String(length=12),
               type_=sa.VARCHAR(length=8),
               existing_nullable=False)
        batch_op.drop_column('left_on')
        batch_op.drop_column('ends_on')
        batch_op.drop_column('starts_on')
        batch_op.drop_column('local_post')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_unit_id'))
        batch_op.drop_index('ix_person_name_key')
        batch_op.drop_index('ix_person_local_key')
        batch_op.drop_column('notes')
        batch_op.drop_column('phone_kind')
        batch_op.drop_column('reads')
        batch_op.drop_column('local_key')
        batch_op.drop_column('name_key')

    with op.batch_alter_table('inbound', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_inbound_speaker_id_person'), type_='foreignkey')
        batch_op.drop_index('ix_inbound_speaker_id', sqlite_where=sa.text('speaker_id IS NOT NULL'), postgresql_where=sa.text('speaker_id IS NOT NULL'))
        batch_op.drop_column('speaker_id')

    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_network_id'))
        batch_op.drop_column('undone_at')
        batch_op.drop_column('undone_by')
        batch_op.drop_column('kept_us')
        batch_op.drop_column('touched_us')
        batch_op.drop_column('makes_units')
        batch_op.drop_column('done')
        batch_op.drop_column('rows')
        batch_op.drop_column('layout')
        batch_op.drop_column('sheet')

    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.drop_column('is_private')

    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_address_speaker_id_person'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_address_network_id_kind_handle'), type_='unique')
        batch_op.drop_index('ix_address_speaker', sqlite_where=sa.text('speaker_id IS NOT NULL'), postgresql_where=sa.text('speaker_id IS NOT NULL'))
        batch_op.alter_column('msisdn',
               existing_type=sa.VARCHAR(length=20),
               nullable=False)
        batch_op.drop_column('asked_at')
        batch_op.drop_column('speaker_id')
        batch_op.drop_column('handle')
        batch_op.drop_column('kind')

    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.drop_index('ix_join_request_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_join_request_state')
        batch_op.drop_index('ix_join_request_person_id', sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_join_request_address_id'))

    op.drop_table('join_request')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('ix_membership_person')

    op.drop_table('membership')
    with op.batch_alter_table('health_consent', schema=None) as batch_op:
        batch_op.drop_index('ix_health_consent_person')

    op.drop_table('health_consent')
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.drop_index('ix_import_row_verdict')
        batch_op.drop_index('ix_import_row_line')

    op.drop_table('import_row')
    with op.batch_alter_table('import_change', schema=None) as batch_op:
        batch_op.drop_index('ix_import_change_batch')

    op.drop_table('import_change')
    op.drop_table('saved_audience')
    op.drop_table('people_group')
    op.drop_table('column_memory')
    op.drop_table('body')
