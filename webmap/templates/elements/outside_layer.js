{% macro script(this, kwargs) %}
var {{ this.get_name() }} = outsideLayer({{ this.code|tojson }}, {{ this.urls|tojson }}, {{ this.options|tojson }});
{% endmacro %}
