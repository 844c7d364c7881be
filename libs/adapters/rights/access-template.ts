/** A person's copy, or the commissioner's: see `accessPage`. */
export const accessTemplate = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ "Commissioner's copy" if isCommissioners else "Your data" }}: {{ controller.name }}</title>
<style>{% include "style" %}</style>
</head>
<body>
<main>
<h1>{{ "Answer to a request for access: the commissioner's copy" if isCommissioners else "What is held about you" }}</h1>
<dl>
<dt>controller</dt><dd>{{ controller.name }}</dd>
<dt>person</dt><dd>{{ person }} (the hub's own number)</dd>
<dt>made</dt><dd>{{ madeAt }}</dd>
<dt>law</dt><dd>{{ law }}</dd>
</dl>
<p>{{ omissions }}</p>
{% if erased %}
<section>
<h2>Erased</h2>
<p>The data were erased on {{ erased.at }}: {{ erased.reason }} ({{ erased.requirement }}). Nothing is held.</p>
</section>
{% else %}
<section>
<h2>What is held, and where it came from</h2>
{% for kind in held %}
<h3>{{ kind.title }} <span class="note">({{ kind.nature }})</span></h3>
<p>{{ "Recorded by" if kind.own else "Received from" }} {{ kind.origin }}. Categories: {{ kind.categories | join(", ") }}.</p>
{% for record in kind.records %}
<div class="wide" tabindex="0" role="region" aria-label="{{ kind.title }}, {{ record.happened }}"><table>
<caption>{{ kind.title }}{% if record.position %}, log position {{ record.position }}{% endif %}: happened {{ record.happened }}, received {{ record.received }}{% if record.standing != "current" %}, {{ record.standing }}{% endif %}</caption>
<thead><tr><th scope="col">field</th><th scope="col">category</th><th scope="col">value</th></tr></thead>
<tbody>
{% for field in record.fields %}
<tr><th scope="row">{{ field.name }}</th><td>{{ field.category }}</td><td>{{ field.value }}{% if field.coarser %} <span class="note">(held only so)</span>{% endif %}</td></tr>
{% endfor %}
</tbody>
</table></div>
{% endfor %}
{% else %}
<p>There is nothing to show.</p>
{% endfor %}
</section>

<section>
<h2>Who received it</h2>
{% if recipients | length %}
<div class="wide" tabindex="0" role="region" aria-label="Recipients, table"><table>
<caption>Agencies that were shown something that this controller recorded</caption>
<thead><tr><th scope="col">agency</th><th scope="col">purpose</th><th scope="col">agreement</th><th scope="col">categories</th><th scope="col">days</th></tr></thead>
<tbody>
{% for each in recipients %}
<tr><th scope="row">{{ each.agency }}</th><td>{{ each.purpose }}</td><td>{{ each.agreement or "none" }}</td><td>{{ each.categories | join(", ") or "that there is a record" }}</td><td>{{ each.days | join("; ") }}</td></tr>
{% endfor %}
</tbody>
</table></div>
{% else %}
<p>There is nobody to name.</p>
{% endif %}
</section>

<section>
<h2>Why, and what allows it</h2>
{% for each in agreements %}
<h3>{{ each.title }} <span class="note">({{ each.agreement }}, {{ "in force" if each.inForce else "no longer in force" }})</span></h3>
<ul>
{% for purpose in each.purposes %}
<li>{{ purpose.id }}: {{ purpose.description }}</li>
{% endfor %}
</ul>
<div class="wide" tabindex="0" role="region" aria-label="{{ each.title }}, what allows it"><table>
<caption>What allows it</caption>
<thead><tr><th scope="col">power</th><th scope="col">lawful basis</th><th scope="col">sensitive data</th><th scope="col">criminal-offence data</th></tr></thead>
<tbody>
{% for ground in each.grounds %}
<tr><th scope="row">{{ ground.gateway }}</th><td>{{ ground.lawfulBasis or "—" }}</td><td>{{ ground.sensitive or "—" }}</td><td>{{ ground.criminalOffence or "—" }}</td></tr>
{% endfor %}
</tbody>
</table></div>
<p>Kept: {{ each.retention | join(" ") }}</p>
<p>Rights: {{ each.rights.contact }}. {{ each.rights.procedure }}{% if each.contact %} Contact at {{ controller.name }}: {{ each.contact }}; data protection officer: {{ each.dataProtectionOfficer }}.{% endif %}</p>
{% else %}
<p>No sharing agreement of this controller is in force.</p>
{% endfor %}
</section>

<section>
<h2>How long it is kept</h2>
<div class="wide" tabindex="0" role="region" aria-label="Retention rules, table"><table>
<caption>Rules for what a controller like this one holds; the first that fits a record counts</caption>
<thead><tr><th scope="col">rule</th><th scope="col">at the end</th><th scope="col">source</th></tr></thead>
<tbody>
{% for each in retention %}
<tr><th scope="row">{{ each.title }}</th><td>{{ "reviewed" if each.atEnd == "review" else "erased" }}</td><td>{{ each.source }}</td></tr>
{% endfor %}
</tbody>
</table></div>
</section>

{% if rectifications | length or restrictedProcessing | length %}
<section>
<h2>Requests to put data right, and restrictions</h2>
<ul>
{% for each in rectifications %}
<li>Asked on {{ each.asked }} to put data right: {{ each.outcome or "not decided yet" }}.</li>
{% endfor %}
{% for each in restrictedProcessing %}
<li>Processing restricted since {{ each.since }}: {{ each.ground }}.</li>
{% endfor %}
</ul>
</section>
{% endif %}
{% endif %}

<section>
<h2>Automated decisions</h2>
<p>{{ automatedDecisions }}</p>
<h2>Rights</h2>
<ul>
{% for each in rights %}
<li>{{ each }}</li>
{% endfor %}
</ul>
</section>

{% if isCommissioners %}
<section>
<h2>What was left out of the person's copy</h2>
{% if leftOut | length %}
<div class="wide" tabindex="0" role="region" aria-label="What was left out, table"><table>
<caption>What was left out, on which ground, and why</caption>
<thead><tr><th scope="col">position</th><th scope="col">record</th><th scope="col">origin</th><th scope="col">what</th><th scope="col">ground</th><th scope="col">reason</th><th scope="col">decided by</th></tr></thead>
<tbody>
{% for each in leftOut %}
<tr><th scope="row">{{ each.position }}</th><td>{{ each.title }} ({{ each.type }})</td><td>{{ each.origin }}</td><td>{% if each.recipients | length %}that {{ each.recipients | join(", ") }} received it{% else %}{{ each.fields | join(", ") or "the whole record" }}{% endif %}</td><td>{{ each.law }}</td><td>{{ each.reason or "gone with the person's key" }}</td><td>{{ each.by }}</td></tr>
{% endfor %}
</tbody>
</table></div>
{% else %}
<p>Nothing.</p>
{% endif %}
</section>
{% endif %}
</main>
</body>
</html>
`;
