interface Special {
  toJson(message: never): unknown;
  fromJson(json: never): object;
}

/** Messages that are no objects in JSON, by their names. */
export const SPECIAL: Record<string, Special | undefined> = {
  Time: {
    // None is one without seconds.
    toJson: ({ seconds }: { seconds?: object }) =>
      seconds && new Date(Number(String(seconds)) * 1000).toISOString(),
    fromJson: (text: string) => ({
      seconds: Math.floor(Date.parse(text) / 1000),
    }),
  },
  IntOrString: {
    toJson: ({ strVal, intVal = 0 }: { strVal?: string; intVal?: number }) =>
      strVal || intVal,
    fromJson: (value: number | string) =>
      typeof value === 'number'
        ? { type: 0, intVal: value }
        : { type: 1, strVal: value },
  },
  RawExtension: {
    toJson: ({ raw }: { raw: Buffer }) => JSON.parse(raw.toString()),
    fromJson: (value: unknown) => ({ raw: Buffer.from(JSON.stringify(value)) }),
  },
};
