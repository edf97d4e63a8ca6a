import '@backstage/ui/css/styles.css';
import './theme/surfaces.css';
import ReactDOM from 'react-dom/client';
import { app } from './App';

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
