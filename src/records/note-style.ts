// How the page of a note looks, on a screen and on paper: one column, dark on white, no colour alone that says something.

export const NOTE_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #222; font: 1.0625rem/1.55 "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header { border-bottom: .3rem solid #a62a1e; margin-bottom: 1.5rem; padding-bottom: .75rem; }
.form { margin: 0; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; font-size: .875rem; color: #444; }
h1 { margin: .25rem 0; font-size: 1.9rem; line-height: 1.25; }
.period { margin: 0; font-size: 1.0625rem; color: #444; }
h2 { margin: 2rem 0 .5rem; font-size: 1.4rem; border-bottom: 1px solid #767676; padding-bottom: .2rem; }
h3 { margin: 1.4rem 0 .35rem; font-size: 1.1rem; }
p { margin: .5rem 0; }
ul { margin: .35rem 0 .75rem; padding-left: 1.35rem; }
li { margin: .35rem 0; }
.marks, .source { font-size: .85em; color: #444; }
.marks { white-space: nowrap; }
a { color: #1d4f91; }
a:focus-visible { outline: 3px solid #1d4f91; outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .875rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #bbb; }
thead th { border-bottom: 2px solid #444; }
tbody th { font-weight: 600; }
tr:target { background: #fff3c4; }
.annex { overflow-x: auto; }
.annex table { font-size: .8125rem; }
footer { margin-top: 2rem; border-top: 1px solid #767676; font-size: .875rem; color: #444; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
  .annex { break-before: page; }
}
`;
