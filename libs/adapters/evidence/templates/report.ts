/** The report of an evidence bundle: see `reportOf`. */
export const report = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
<title>Evidence of what was shared, as of {{ about.asOf.at }}</title>
<style>{% include "style" %}</style>
</head>
<body>
<main>
<h1>Evidence of what was shared</h1>
<dl>
{% for each in asked %}
<dt>{{ each[0] }}</dt><dd>{{ each[1] }}</dd>
{% endfor %}
<dt>as of</dt><dd>{{ about.asOf.at }}, log position {{ about.asOf.position }}</dd>
<dt>log</dt><dd>{{ about.checkpoint.origin }}, {{ about.checkpoint.size }} events, root <code>{{ about.checkpoint.root }}</code></dd>
<dt>signed by</dt><dd>{{ about.signer.name }}, key {{ about.signer.id }}</dd>
<dt>made with</dt><dd>Concordat {{ about.hub }}</dd>
</dl>

<section>
<h2>What this shows</h2>
<ul>
<li>{{ counts.answers }} answers to the question above: {{ counts.disclosures }} in which somebody was shown something of {{ counts.people }} people, resting on {{ counts.facts }} facts, and {{ counts.consultations }} that showed nothing.</li>
<li>Who was shown which fields of which facts, when, for which purpose, under which clause of which agreement version.</li>
<li>That each of these events stands unaltered at its position in the log whose signed head is in the file <code>checkpoint</code>.</li>
<li>That each agreement was signed by its parties with keys that they had registered, over the document that is in the events.</li>
</ul>
<h2>What this does not show</h2>
<ul>
<li>The values that were shown. People stand by the hub's own ids and facts by position; what facts say is encrypted, and no key is in this bundle.</li>
<li>That there is nothing else. That every answer to the question is here is what the signature says; who holds the log can repeat the export and compare.</li>
<li>What the log did not hold at position {{ about.asOf.position }}, requests that were turned away, and what anybody did with what they were shown.</li>
<li>That each answer was lawful. It shows under what each was given; <code>concordat audit replay</code> judges every answer by the agreements of its moment, over the whole log.</li>
<li>Why people said that they asked. It is sealed in the events; only in records of before that was so does it stand in <code>events.ndjson</code>, where it cannot be left out without breaking the proof.</li>
</ul>
<h2>How to check it</h2>
<p><code>concordat audit verify &lt;this folder&gt; --log-key &lt;verifier key of {{ about.checkpoint.origin }}&gt;</code> needs nothing else, and no network. Take the key from somebody other than whoever gave you this bundle.</p>
</section>

<section aria-labelledby="agreements-heading">
<h2 id="agreements-heading">Agreements</h2>
{% if agreements | length == 0 %}
<p>None: nothing was shown under an agreement.</p>
{% else %}
<div class="wide" tabindex="0" role="region" aria-label="Agreements, table"><table>
<caption>Agreement versions under which something was shown</caption>
<thead><tr><th scope="col">agreement</th><th scope="col">title</th><th scope="col">now</th><th scope="col">signed by</th><th scope="col">SHA-256 of the document</th></tr></thead>
<tbody>
{% for each in agreements %}
<tr><th scope="row">{{ each.reference }}/{{ each.version }}</th><td>{{ each.title }}</td><td>{{ each.status }}</td><td>{{ each.signed | join(", ") }}</td><td><code>{{ each.hash }}</code></td></tr>
{% endfor %}
</tbody>
</table></div>
{% endif %}
</section>

{% include "figures" %}

<section aria-labelledby="answers-heading">
<h2 id="answers-heading">Answers</h2>
{% if listed | length == 0 %}
<p>None.</p>
{% else %}
<p class="note">Every fact and field is in <code>disclosures.csv</code>{% if unlisted > 0 %}, and so are the {{ unlisted }} answers after these{% endif %}.</p>
<div class="wide" tabindex="0" role="region" aria-label="Answers, table"><table>
<caption>Answers, oldest first</caption>
<thead><tr><th scope="col">position</th><th scope="col">at</th><th scope="col">agency</th><th scope="col">user</th><th scope="col">purpose</th><th scope="col" class="number">facts</th><th scope="col" class="number">fields</th><th scope="col">clauses</th></tr></thead>
<tbody>
{% for each in listed %}
<tr><th scope="row">{{ each.position }}</th><td>{{ each.at }}</td><td>{{ each.agency }}</td><td>{{ each.user }}</td><td>{{ each.purpose }}</td><td class="number">{{ each.facts }}</td><td class="number">{{ each.fields }}</td><td>{{ each.clauses }}</td></tr>
{% endfor %}
</tbody>
</table></div>
{% endif %}
</section>
</main>
</body>
</html>
`;
