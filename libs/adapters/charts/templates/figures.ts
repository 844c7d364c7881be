/** Each chart with its table beside it. */
export const figures = `
{% for figure in figures %}
<section aria-labelledby="{{ figure.id }}-heading">
<h2 id="{{ figure.id }}-heading">{{ figure.title }}</h2>
<p class="note">{{ figure.note }}</p>
{% if figure.rows | length == 0 %}
<p>None.</p>
{% else %}
{% if figure.svg %}
<figure>{{ figure.svg | safe }}</figure>
{% endif %}
<div class="wide" tabindex="0" role="region" aria-label="{{ figure.title }}, table"><table>
<caption>{{ figure.title }}</caption>
<thead><tr>{% for heading in figure.headings %}<th scope="col">{{ heading }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in figure.rows %}
<tr>{% for cell in row %}{% if loop.first %}<th scope="row">{{ cell }}</th>{% elif cell is number %}<td class="number">{{ cell }}</td>{% elif cell.figure is defined %}<td class="number">{{ cell.figure }}</td>{% else %}<td>{{ cell }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}
</tbody>
</table></div>
{% endif %}
</section>
{% endfor %}
`;
