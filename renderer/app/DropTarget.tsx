import { useEffect, useState } from 'react';
import { bridge } from './bridge.ts';
import css from './DropTarget.module.css';
import { importPath } from './imports.ts';

/** A bundle or a snapshot dropped anywhere is imported. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) void importPath(bridge.pathOf(file));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={css['target']}>
      <p className={css['title']}>Drop to import</p>
      <p className="quiet">A release bundle (folder or .zip) or a snapshot (.snapshot.sqlite)</p>
    </div>
  );
}
