/** Of every mongoose schema: it makes nothing by itself, waits for no connection, and refuses what it does not name. */
export const SCHEMA_OPTIONS = {
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  id: false,
  minimize: false,
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
} as const;
