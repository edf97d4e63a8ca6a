import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The whole app is loaded, which takes long on a busy machine.
configure({ asyncUtilTimeout: 30_000 });
