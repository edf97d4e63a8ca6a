import {
  AttributeChange,
  ResourceAction,
} from '@greenroom/plugin-environments-common';
import { afterOf, beforeOf, Side } from './values';
import styles from './plan.module.css';

/** What the two sides of a change are called. */
export interface Sides {
  before: string;
  after: string;
}

const OF_A_PLAN: Sides = { before: 'Now', after: 'After' };

/** What a resource is like now and what it will be like, attribute by attribute. */
export function Attributes(props: {
  address: string;
  action: ResourceAction;
  attributes: AttributeChange[];
  sides?: Sides;
}) {
  const { address, action, attributes, sides = OF_A_PLAN } = props;
  const now = action !== 'add' && action !== 'read';
  const then = action !== 'remove';
  if (attributes.length === 0) {
    return <p className={styles.none}>No attribute of it is known.</p>;
  }
  return (
    <table className={styles.diff} aria-label={`Attributes of ${address}`}>
      <thead>
        <tr>
          <th scope="col">Attribute</th>
          {now && <th scope="col">{sides.before}</th>}
          {then && <th scope="col">{sides.after}</th>}
        </tr>
      </thead>
      <tbody>
        {attributes.map(attribute => (
          <tr key={attribute.path}>
            <th scope="row">
              {attribute.path}
              {attribute.forcesReplacement && (
                <span className={styles.forces}>forces replacement</span>
              )}
            </th>
            {now && <Value sign="−" side={beforeOf(attribute)} />}
            {then && <Value sign="+" side={afterOf(attribute)} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ sign, side }: { sign: '+' | '−'; side: Side }) {
  return (
    <td className={sign === '+' ? styles.after : styles.before}>
      <div className={styles.value}>
        <span aria-hidden="true">{sign}</span>
        <span className={side.remark ? styles.remark : undefined}>
          {side.text}
        </span>
      </div>
    </td>
  );
}
