// The parts of ECharts in use; the bundler leaves the rest out.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GraphicComponent, GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GraphicComponentOption, GridComponentOption, TooltipComponentOption, VisualMapComponentOption } from "echarts/components";
import type { ComposeOption, ECharts } from "echarts/core";

use([BarChart, GraphicComponent, GridComponent, HeatmapChart, LineChart, SVGRenderer, TooltipComponent, VisualMapComponent]);

export { init };
export type { ECharts, BarSeriesOption, LineSeriesOption };
export type ChartOption = ComposeOption<
  BarSeriesOption | GraphicComponentOption | GridComponentOption | HeatmapSeriesOption | LineSeriesOption | TooltipComponentOption | VisualMapComponentOption
>;
