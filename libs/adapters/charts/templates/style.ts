/** Styles of every report: readable on a screen, small on paper. */
export const style = `
body { font: 16px/1.5 sans-serif; color: #111; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
table { border-collapse: collapse; margin: 0.75rem 0; font-size: 0.9rem; }
caption { text-align: left; font-weight: bold; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid #ccc; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } code { font-size: 0.85em; overflow-wrap: anywhere; }
figure { margin: 0 0 1rem; } figure svg { max-width: 100%; height: auto; } .note { color: #444; }
dl { display: grid; grid-template-columns: max-content auto; gap: 0.2rem 1.2rem; } dt { color: #444; } dd { margin: 0; }
@media print {
  body { font-size: 8.5pt; line-height: 1.35; margin: 0; max-width: none; padding: 0; }
  h1 { font-size: 14pt; } h2 { font-size: 10.5pt; margin-top: 1.2em; }
  table { font-size: 7.5pt; } figure, tr { break-inside: avoid; } h2 { break-after: avoid; } .wide { overflow: visible; }
}
`;
