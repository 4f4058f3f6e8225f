"""news and paper: stories, newsletters, press notes, notice boards and what hangs there."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('hung_sheet',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('ref', sa.Integer(), nullable=True),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('newsletter_no', sa.Integer(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hung_sheet_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_hung_sheet_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hung_sheet')),
    sa.UniqueConstraint('network_id', 'no', name=op.f('uq_hung_sheet_network_id_no'))
    )
    with op.batch_alter_table('hung_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hung_sheet_meeting_id'), ['meeting_id'], unique=False)
    op.create_table('newsletter_rule',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('choice', sa.String(length=240), nullable=False),
    sa.Column('topics', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('period', sa.String(length=8), nullable=False),
    sa.Column('audience', sa.String(length=500), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=False),
    sa.Column('said', sa.String(length=200), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_newsletter_rule_author_id_account')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_newsletter_rule_network_id_network')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_newsletter_rule_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter_rule')),
    sa.UniqueConstraint('network_id', 'choice', name=op.f('uq_newsletter_rule_network_id_choice'))
    )
    op.create_table('story',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('captions', sa.JSON(), nullable=False),
    sa.Column('topics', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approver', sa.String(length=80), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_story_author_id_account')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_story_network_id_network')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_story_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story'))
    )
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.create_index('ix_story_network', ['network_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_story_unit_id'), ['unit_id'], unique=False)
    op.create_table('board',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('keeper_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['keeper_id'], ['person.id'], name=op.f('fk_board_keeper_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_board_network_id_network')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_board_unit_id_unit'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board')),
    sa.UniqueConstraint('network_id', 'no', name=op.f('uq_board_network_id_no'))
    )
    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_keeper_id'), ['keeper_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_unit_id'), ['unit_id'], unique=False)
    op.create_table('newsletter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(length=8), nullable=False),
    sa.Column('choice', sa.String(length=240), nullable=False),
    sa.Column('topics', sa.String(length=200), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('leads', sa.JSON(), nullable=False),
    sa.Column('headlines', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('audience', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approver', sa.String(length=80), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mail_broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_newsletter_author_id_account')),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_newsletter_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['mail_broadcast_id'], ['broadcast.id'], name=op.f('fk_newsletter_mail_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_newsletter_network_id_network')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_newsletter_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter')),
    sa.UniqueConstraint('network_id', 'no', name=op.f('uq_newsletter_network_id_no'))
    )
    with op.batch_alter_table('newsletter', schema=None) as batch_op:
        batch_op.create_index('ix_newsletter_choice', ['network_id', 'choice'], unique=False)
    op.create_table('press_note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('demands', sa.JSON(), nullable=False),
    sa.Column('speakers', sa.JSON(), nullable=False),
    sa.Column('contacts', sa.JSON(), nullable=False),
    sa.Column('captions', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=80), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approver', sa.String(length=80), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_press_note_author_id_account')),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_press_note_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_press_note_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_press_note_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_press_note')),
    sa.UniqueConstraint('network_id', 'no', name=op.f('uq_press_note_network_id_no'))
    )
    with op.batch_alter_table('press_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_press_note_meeting_id'), ['meeting_id'], unique=False)
    op.create_table('hanging',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('board_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hangs_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proved_by', sa.String(length=80), nullable=False),
    sa.Column('inbound_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('taken_down_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_down_by', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_hanging_board_id_board')),
    sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id'], name=op.f('fk_hanging_inbound_id_inbound')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_hanging_network_id_network')),
    sa.ForeignKeyConstraint(['proved_by_id'], ['person.id'], name=op.f('fk_hanging_proved_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sheet_id'], ['hung_sheet.id'], name=op.f('fk_hanging_sheet_id_hung_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hanging'))
    )
    with op.batch_alter_table('hanging', schema=None) as batch_op:
        batch_op.create_index('ix_hanging_board', ['board_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hanging_network_id'), ['network_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hanging_proved_by_id'), ['proved_by_id'], unique=False)
        batch_op.create_index('ux_hanging_up', ['sheet_id', 'board_id'], unique=True, sqlite_where=sa.text('taken_down_at IS NULL'), postgresql_where=sa.text('taken_down_at IS NULL'))
    op.create_table('newsletter_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('newsletter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('choice', sa.String(length=240), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_newsletter_item_network_id_network')),
    sa.ForeignKeyConstraint(['newsletter_id'], ['newsletter.id'], name=op.f('fk_newsletter_item_newsletter_id_newsletter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter_item')),
    sa.UniqueConstraint('network_id', 'choice', 'kind', 'source_id', name=op.f('uq_newsletter_item_network_id_choice_kind_source_id'))
    )
    with op.batch_alter_table('newsletter_item', schema=None) as batch_op:
        batch_op.create_index('ix_newsletter_item_of', ['newsletter_id', 'place'], unique=False)
    op.create_table('press_sending',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('press_note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('whom', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_press_sending_network_id_network')),
    sa.ForeignKeyConstraint(['press_note_id'], ['press_note.id'], name=op.f('fk_press_sending_press_note_id_press_note')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_press_sending_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_press_sending'))
    )
    with op.batch_alter_table('press_sending', schema=None) as batch_op:
        batch_op.create_index('ix_press_sending_of', ['press_note_id', 'id'], unique=False)


def downgrade() -> None:
    """Take the database back."""
    with op.batch_alter_table('press_sending', schema=None) as batch_op:
        batch_op.drop_index('ix_press_sending_of')
    op.drop_table('press_sending')
    with op.batch_alter_table('newsletter_item', schema=None) as batch_op:
        batch_op.drop_index('ix_newsletter_item_of')
    op.drop_table('newsletter_item')
    with op.batch_alter_table('hanging', schema=None) as batch_op:
        batch_op.drop_index('ux_hanging_up', sqlite_where=sa.text('taken_down_at IS NULL'), postgresql_where=sa.text('taken_down_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_hanging_proved_by_id'))
        batch_op.drop_index(batch_op.f('ix_hanging_network_id'))
        batch_op.drop_index('ix_hanging_board')
    op.drop_table('hanging')
    with op.batch_alter_table('press_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_press_note_meeting_id'))
    op.drop_table('press_note')
    with op.batch_alter_table('newsletter', schema=None) as batch_op:
        batch_op.drop_index('ix_newsletter_choice')
    op.drop_table('newsletter')
    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_board_unit_id'))
        batch_op.drop_index(batch_op.f('ix_board_keeper_id'))
    op.drop_table('board')
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_unit_id'))
        batch_op.drop_index('ix_story_network')
    op.drop_table('story')
    op.drop_table('newsletter_rule')
    with op.batch_alter_table('hung_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hung_sheet_meeting_id'))
    op.drop_table('hung_sheet')
