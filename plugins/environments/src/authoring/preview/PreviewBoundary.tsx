import { Component, ReactNode } from 'react';
import styles from '../authoring.module.css';

/** A schema that is only half written can be more than the form's library bears. */
export class PreviewBoundary extends Component<
  { children: ReactNode },
  { failed: boolean }
> {
  static getDerivedStateFromError() {
    return { failed: true };
  }

  state = { failed: false };

  render() {
    return this.state.failed ? (
      <p className={styles.quiet}>
        No form can be made of the inputs as they stand.
      </p>
    ) : (
      this.props.children
    );
  }
}
