{% macro script(this, kwargs) %}
var {{ this.get_name() }} = worksLayer({{ this.url|tojson }});
{% endmacro %}
