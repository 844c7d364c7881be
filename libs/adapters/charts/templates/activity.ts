/** The report on a period: see `activityReport`. */
export const activity = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<title>What was shared from {{ from }} to {{ to }}</title>
<style>{% include "style" %}</style>
</head>
<body>
<main>
<h1>What was shared</h1>
<dl>
<dt>from</dt><dd>{{ from }}</dd>
<dt>to (exclusive)</dt><dd>{{ to }}</dd>
<dt>log read up to position</dt><dd>{{ position }}</dd>
<dt>answers in the period</dt><dd>{{ answers }}</dd>
{% if unreadable > 0 %}
<dt>records that cannot be read</dt><dd>{{ unreadable }}</dd>
{% endif %}
</dl>
{% include "figures" %}
</main>
</body>
</html>
`;
