/** A report on performance: see `asPage`. */
export const performanceReport = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<title>{{ title }}</title>
<style>{% include "style" %}</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
<dl>
{% for each in asked %}
<dt>{{ each[0] }}</dt><dd>{{ each[1] }}</dd>
{% endfor %}
<dt>view</dt><dd>{{ view }}</dd>
</dl>
{% if legend | length > 0 %}
<ul>
{% for line in legend %}
<li>{{ line }}</li>
{% endfor %}
</ul>
{% endif %}
{% include "figures" %}
</main>
</body>
</html>
`;
