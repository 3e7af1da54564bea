import { useEffect, useState } from 'react';
import { bridge } from './bridge.ts';
import css from './DropTarget.module.css';
import { useDrop } from './drop.ts';
import { importPath } from './imports.ts';

/** A bundle or a snapshot dropped anywhere is imported, unless the page has another use for files. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  const { title, note } = useDrop((drop) => drop.words);
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
      const paths = [...(event.dataTransfer?.files ?? [])].map((file) => bridge.pathOf(file));
      const { take } = useDrop.getState();
      if (take !== null) take(paths);
      else for (const path of paths) void importPath(path);
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
      <p className={css['title']}>{title}</p>
      <p className="quiet">{note}</p>
    </div>
  );
}
