import { z } from 'zod';
import { JsonValue, valueAt } from '@greenroom/plugin-environments-common';
import { momentOf } from '../../clock';
import { Answer } from '../rule';

/** What a probe was told, for the rule and for people. */
export interface ProbeAnswer {
  answer: Answer;
  /** A number, a moment, `true`, `false` or `never`: nothing that could be a secret. */
  value: string;
}

/** Nobody knows. The message is for people, and holds nothing of what was answered. */
export class ProbeFailure extends Error {
  name = 'ProbeFailure' as const;
}

const MOMENT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const SAMPLE = z.tuple([z.number(), z.string()]);
const PROMETHEUS = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ value: SAMPLE })),
    }),
    z.object({ resultType: z.literal('scalar'), result: SAMPLE }),
  ]),
});

/**
 * What a value of somebody's JSON says of use.
 *
 * @throws ProbeFailure
 */
export function readJson(
  body: JsonValue,
  { json, above = 0 }: { json: string; above?: number },
): ProbeAnswer {
  const found = valueAt(body, json);
  switch (typeof found) {
    case 'number':
      return { answer: found > above, value: String(found) };
    case 'boolean':
      return { answer: found, value: String(found) };
    case 'string':
      if (!MOMENT.test(found) || Number.isNaN(Date.parse(found))) break;
      return { answer: momentOf(found), value: momentOf(found).toISOString() };
    default:
      if (found === null) return { answer: false, value: 'never' };
      if (found === undefined) {
        throw new ProbeFailure(`the answer has nothing at ${json}`);
      }
  }
  throw new ProbeFailure(
    `what the answer has at ${json} is no moment, no number, and neither true nor false`,
  );
}

/**
 * What Prometheus says of use: the largest of several values counts.
 *
 * @throws ProbeFailure also when there is no value, which may be for many reasons
 */
export function readPrometheus(
  body: JsonValue,
  { above = 0 }: { above?: number },
): ProbeAnswer {
  const read = PROMETHEUS.safeParse(body);
  if (!read.success) {
    throw new ProbeFailure('the answer is none of Prometheus to a query');
  }
  const { data } = read.data;
  const samples =
    data.resultType === 'scalar'
      ? [data.result]
      : data.result.map(({ value }) => value);
  const values = samples.map(([, text]) => Number(text));
  if (values.length === 0) {
    throw new ProbeFailure(
      'Prometheus has no value for the query; if that means no use, add "or vector(0)" to it',
    );
  }
  if (values.some(Number.isNaN)) {
    throw new ProbeFailure('Prometheus answers with what is no number');
  }
  const largest = Math.max(...values);
  return { answer: largest > above, value: String(largest) };
}
