{% macro script(this, kwargs) %}
var {{ this.get_name() }} = baseLayer({{ this.url|tojson }});
{% endmacro %}
