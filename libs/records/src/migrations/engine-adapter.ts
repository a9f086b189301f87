import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Oids of Postgres's internal type "char" and of its array type. */
const CHAR = 18;
const CHAR_ARRAY = 1002;

/**
 * Prisma's Postgres adapter with what the schema engine needs beyond it: columns of the catalogue's type "char", which
 * the adapter refuses, and scripts sent whole, where the adapter cuts them at every semicolon, also inside functions.
 */
export function engineAdapter(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const charColumns: CharColumns = new WeakMap();
  const factory = new PrismaPg(noting(pool, charColumns));
  const open = async (): Promise<SqlDriverAdapter> => wrap(await factory.connect(), pool, charColumns);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: open,
    connectToShadowDb: () => Promise.reject(new Error('No shadow database is used here.')),
  };
}

/** Which columns of a result, known by its rows, are of type "char". */
type CharColumns = WeakMap<object, readonly boolean[]>;

/** The pool, passing "char" columns off as an array type that the adapter lets through, and noting which they are. */
function noting(pool: pg.Pool, charColumns: CharColumns): pg.Pool {
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await pool.query(config);
    charColumns.set(
      result.rows,
      result.fields.map((field) => field.dataTypeID === CHAR),
    );
    for (const field of result.fields) {
      if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
    }
    return result;
  };
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'query') return query;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function wrap(adapter: SqlDriverAdapter, pool: pg.Pool, charColumns: CharColumns): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async (query) => {
      const result = await adapter.queryRaw(query);
      const isChar = charColumns.get(result.rows);
      const columnTypes = result.columnTypes.map((type, column) =>
        isChar?.[column] ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    },
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: async (script) => {
      await pool.query(script);
    },
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: true },
    dispose: () => adapter.dispose(),
  };
}
