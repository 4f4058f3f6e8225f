"""the door."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def name_the_accounts() -> None:
    """Fill in how each name is compared; of two that are alike, the later one keeps its number."""
    account = sa.table('account', sa.column('id'), sa.column('name'), sa.column('sign_in_name'))
    taken: set[str] = set()
    for row in op.get_bind().execute(sa.select(account).order_by(account.c.id)).all():
        name = ' '.join(row.name.casefold().split())
        name = f'{name} {row.id}' if name in taken else name
        taken.add(name)
        op.execute(account.update().where(account.c.id == row.id).values(sign_in_name=name))


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table('failed_sign_in',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name_hash', sa.String(length=64), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_sign_in'))
    )
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_failed_sign_in_name', ['name_hash', 'at'], unique=False)
        batch_op.create_index('ix_failed_sign_in_place', ['place', 'at'], unique=False)

    op.create_table('session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_session_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_session_token_hash'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_account_id'), ['account_id'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('broadcast_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_draft_account_id_account')),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_draft_broadcast_id_broadcast')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_draft_network_id_network')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('key', name=op.f('uq_draft_key'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index('ix_draft_account', ['account_id', 'updated_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_broadcast_id'), ['broadcast_id'], unique=False)

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('sign_in_name', sa.String(length=160), nullable=True))
        batch_op.add_column(sa.Column('password_hash', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('has_demo_password', sa.Boolean(), nullable=False, server_default=sa.false()))
    name_the_accounts()
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.alter_column('sign_in_name', existing_type=sa.String(length=160), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_account_sign_in_name'), ['sign_in_name'])
        batch_op.create_foreign_key(batch_op.f('fk_account_network_id_network'), 'network', ['network_id'], ['id'])

    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.String(length=200), nullable=False, server_default=''))



def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.drop_column('source')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_account_network_id_network'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_account_sign_in_name'), type_='unique')
        batch_op.drop_column('has_demo_password')
        batch_op.drop_column('password_hash')
        batch_op.drop_column('sign_in_name')
        batch_op.drop_column('network_id')

    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_broadcast_id'))
        batch_op.drop_index('ix_draft_account')

    op.drop_table('draft')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_account_id'))

    op.drop_table('session')
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.drop_index('ix_failed_sign_in_place')
        batch_op.drop_index('ix_failed_sign_in_name')

    op.drop_table('failed_sign_in')
