import { Knex } from 'knex';

/** Statements that were sent meanwhile, as they may be sent again. */
export async function captureSelects(knex: Knex, use: () => Promise<unknown>) {
  const statements: { sql: string; bindings: Knex.RawBinding[] }[] = [];
  const onQuery = ({
    sql,
    bindings,
  }: {
    sql: string;
    bindings: Knex.RawBinding[];
  }) => {
    if (sql.startsWith('select')) {
      statements.push({ sql: sql.replaceAll(/\$\d+/g, '?'), bindings });
    }
  };
  knex.on('query', onQuery);
  await use();
  knex.off('query', onQuery);
  return statements;
}
