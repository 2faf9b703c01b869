"""Small pages for the browser tests: an upload, a diagram."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines

UPLOAD = """{% extends "portal.html" %}{% load design %}{% block main %}
<h1>Nộp giấy tờ</h1>{% if error %}<p id="answer">{{ error }}</p>{% endif %}
<form method="post" action="/try/upload" enctype="multipart/form-data" data-upload="Đang tải lên">
{% csrf_token %}{% file_field "paper" "Giấy tờ" multiple=True %}{% button "Gửi" %}</form>
{% endblock %}"""

DIAGRAM = """{% extends "console.html" %}{% load static %}
{% block head %}<link rel="stylesheet" href="{% static 'dist/bpmn.css' %}">
<script src="{% static 'dist/bpmn.js' %}" defer></script>{% endblock %}
{% block main %}<h1>Sơ đồ</h1>
<div data-bpmn="/try/diagram.bpmn" data-current="check" data-passed="start"><p>Bước 1</p></div>
{% endblock %}"""

FRAGMENT = """{% extends "portal.html" %}{% load design %}{% block main %}<h1>Gửi một phần</h1>
<form hx-post="/try/part" hx-target="#out" hx-swap="innerHTML">{% csrf_token %}
{% text_field "word" "Chữ" %}{% button "Gửi" %}</form><div id="out" aria-live="polite"></div>
{% endblock %}"""

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" targetNamespace="x"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI">
<process id="p"><startEvent id="start"/><userTask id="check" name="Kiểm tra"/>
<sequenceFlow id="f" sourceRef="start" targetRef="check"/></process>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">
<bpmndi:BPMNShape bpmnElement="start"><dc:Bounds x="100" y="100" width="36" height="36"/>
</bpmndi:BPMNShape><bpmndi:BPMNShape bpmnElement="check">
<dc:Bounds x="200" y="80" width="120" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNEdge bpmnElement="f"><di:waypoint x="136" y="118"/><di:waypoint x="200" y="118"/>
</bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>"""


def _draw(request: HttpRequest, source: str, status: int = 200, **context: object) -> HttpResponse:
    page = engines["django"].from_string(source).render(context, request)
    return HttpResponse(page, status=status)


def upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _draw(request, UPLOAD)
    names = [file.name for file in request.FILES.getlist("paper")]
    if any(name.endswith(".exe") for name in names):
        return _draw(request, UPLOAD, 422, error=f"Không nhận {names[0]}")
    return HttpResponseRedirect("/try/diagram")


def part(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _draw(request, FRAGMENT)
    word = request.POST["word"]
    return HttpResponse(f"<p>Đã nhận {len(word)} chữ</p>", status=200 if word else 422)


def diagram(request: HttpRequest) -> HttpResponse:
    return _draw(request, DIAGRAM)


def bpmn(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BPMN, content_type="application/xml")
