import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useSelection } from '../bulk/useSelection';
import { ListItems } from './ListItems';

const ROWS = ['ash', 'birch', 'cedar'].map(id => ({ id }));

function Items() {
  const selection = useSelection({ of: {}, rows: ROWS });
  return (
    <>
      <ListItems
        label="Trees"
        rows={ROWS}
        loading={false}
        height={60}
        selection={selection}
        nameOf={({ id }) => id}
      >
        {({ id }) => id}
      </ListItems>
      <output>{selection.count}</output>
    </>
  );
}

describe('the items of a list on a phone', () => {
  it('are selected one by one, each by a box that names it', async () => {
    render(<Items />);
    const box = (name: string) =>
      screen.getByRole('checkbox', { name: `Select ${name}` });
    await userEvent.click(box('ash'));
    await userEvent.click(box('cedar'));
    expect(screen.getByRole('status')).toHaveTextContent('2');
    await userEvent.click(box('ash'));
    expect(screen.getByRole('status')).toHaveTextContent('1');
    expect(box('cedar')).toBeChecked();
    expect(box('ash')).not.toBeChecked();
  });
});
