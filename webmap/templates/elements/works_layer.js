{% macro script(this, kwargs) %}
var {{ this.get_name() }} = worksLayer({{ this.source.url|tojson }}, {{ this.source.name|tojson }});
{% endmacro %}
